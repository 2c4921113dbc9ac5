"""What hosts are told, all from the tables of `headers.py`: configurations of web servers, and the files that Pages hosts read."""

from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

from honorroll.deploy import headers


def _nginx(address: SplitResult, base: str, root: str, *, hsts: bool) -> str:
    types = "".join(f"      {kind.partition(';')[0]} {' '.join(suffixes)};\n" for kind, suffixes in _by_type().items())
    texts = "|".join(headers.TEXTS)
    immutable = "".join(f'  "~^{base}{pattern}" "{headers.FOR_GOOD}";\n' for pattern in headers.IMMUTABLE)
    safety = "".join(f'    add_header {name} "{value}" always;\n' for name, value in _safety(hsts=hsts).items())
    charset = " ".join(
        sorted({kind.partition(";")[0] for kind in headers.TYPES.values() if "charset" in kind} - {"text/html"})
    )
    redirect = f"  location = {base.rstrip('/')} {{\n    return 301 {base};\n  }}\n" if base != "/" else ""
    return f"""\
# {address.netloc}{base}: /etc/nginx/conf.d/honor.conf
map $uri $honor_cache {{
  default "{headers.A_DAY}";
{immutable}  "~^{base}static/" "{headers.A_DAY}";
  "~\\.({texts})$" "{headers.A_MINUTE}";
}}
server {{
  listen {_port(address)};
  server_name {address.hostname};
{redirect}  location {base} {{
    alias {root}/current/;
    index index.html;
    error_page 404 {base}404.html;
    gzip_static on;
    gzip_vary on;
    charset utf-8;
    charset_types {charset};
    default_type {headers.OTHER};
    types_hash_bucket_size 128;
    types {{
{types}    }}
    add_header Cache-Control $honor_cache always;
{safety}    location ~ /\\.(?!well-known/) {{
      return 404;
    }}
  }}
}}
"""


def _caddy(address: SplitResult, base: str, root: str, *, hsts: bool) -> str:
    texts = " ".join(f"*.{suffix}" for suffix in headers.TEXTS)
    safety = "".join(f'    header {name} "{value}"\n' for name, value in _safety(hsts=hsts).items())
    types = "".join(
        f'    @{suffix} path *.{suffix}\n    header @{suffix} Content-Type "{kind}"\n'
        for suffix, kind in headers.TYPES.items()
    )
    immutable = "^/(?:" + "|".join(headers.IMMUTABLE) + ")"
    redirect = f"  redir {base.rstrip('/')} {base}\n" if base != "/" else ""
    return f"""\
# {address.netloc}{base}: /etc/caddy/Caddyfile
{address.scheme}://{address.netloc} {{
{redirect}  handle_path {base}* {{
    root * {root}/current
    @hidden {{
      path */.*
      not path */.well-known/*
    }}
    error @hidden 404
    @minute {{
      path {texts}
      not path /static/*
    }}
    header @minute Cache-Control "{headers.A_MINUTE}"
    @day {{
      not path_regexp {immutable}
      not {{
        path {texts}
        not path /static/*
      }}
      not path */
    }}
    header @day Cache-Control "{headers.A_DAY}"
    @folder path */
    header @folder Cache-Control "{headers.A_MINUTE}"
    @immutable path_regexp {immutable}
    header @immutable Cache-Control "{headers.FOR_GOOD}"
{safety}{types}    file_server {{
      precompressed br gzip
    }}
  }}
  handle_errors {{
    root * {root}/current
    rewrite * /404.html
    header Content-Type "{headers.TYPES["html"]}"
    file_server
  }}
}}
"""


def _apache(address: SplitResult, base: str, root: str, *, hsts: bool) -> str:
    packed = r"(\.gz|\.br)?"
    types = "".join(
        f'    <FilesMatch "\\.({"|".join(suffixes)}){packed}$">\n      ForceType "{kind}"\n    </FilesMatch>\n'
        for kind, suffixes in _by_type().items()
    )
    texts = "|".join(headers.TEXTS)
    immutable = "|".join(pattern.removesuffix("$") for pattern in headers.IMMUTABLE)
    safety = "".join(f'    Header always set {name} "{value}"\n' for name, value in _safety(hsts=hsts).items())
    redirect = f'  RedirectMatch 301 "^{base.rstrip("/")}$" "{base}"\n' if base != "/" else ""
    uri = "expr=%{REQUEST_URI} =~"
    return f"""\
# {address.netloc}{base}: /etc/apache2/sites-available/honor.conf; needs a2enmod headers rewrite
<VirtualHost *:{_port(address)}>
  ServerName {address.hostname}
  RedirectMatch 404 "/\\.(?!well-known/)"
{redirect}  Alias "{base}" "{root}/current/"
  <Directory "{root}/current/">
    Require all granted
    AllowOverride None
    Options FollowSymLinks
    DirectoryIndex index.html
    ErrorDocument 404 {base}404.html
{types}    AddEncoding gzip .gz
    AddEncoding br .br
    RewriteEngine On
    RewriteBase "{base}"
    RewriteCond "%{{HTTP:Accept-Encoding}}" "\\bbr\\b"
    RewriteCond "%{{REQUEST_FILENAME}}.br" -s
    RewriteRule "^(.+\\.({texts}))$" "$1.br" [L]
    RewriteCond "%{{HTTP:Accept-Encoding}}" "\\bgzip\\b"
    RewriteCond "%{{REQUEST_FILENAME}}.gz" -s
    RewriteRule "^(.+\\.({texts}))$" "$1.gz" [L]
    <FilesMatch "\\.({texts}){packed}$">
      Header merge Vary Accept-Encoding
    </FilesMatch>
    Header set Cache-Control "{headers.A_DAY}"
    Header set Cache-Control "{headers.A_MINUTE}" "{uri} m#\\.({texts}){packed}$#"
    Header set Cache-Control "{headers.A_DAY}" "{uri} m#^{base}static/#"
    Header set Cache-Control "{headers.FOR_GOOD}" "{uri} m#^{base}({immutable}){packed}$#"
{safety}  </Directory>
</VirtualHost>
"""


def _storage(_address: SplitResult, _base: str, root: str, *, hsts: bool) -> str:
    """What S3, OSS and COS alike take as the website of a bucket. Their XML says nothing of headers."""
    said = "\n".join(f"       {name}: {value}" for name, value in _safety(hsts=hsts).items())
    return f"""\
<!-- Set this as the website of the bucket (S3: PutBucketWebsite; OSS, COS: static website). Let everybody read
     (GetObject) what lies below {root or "/"}, and nobody but those who deploy what lies below {root}.honorroll/, the earlier releases.
     `deploy` gives each object its Content-Type and Cache-Control. The CDN before it is to keep to these,
     to compress text, to ask the bucket for what lies below the path of the site, and to add
{said} -->
<WebsiteConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <IndexDocument><Suffix>index.html</Suffix></IndexDocument>
  <ErrorDocument><Key>{root}404.html</Key></ErrorDocument>
</WebsiteConfiguration>
"""


#: By the name of the server: its configuration of address, base path and folder.
SERVERS: Mapping[str, Callable[..., str]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache": _apache,
    "storage": _storage,
}


def _by_type() -> dict[str, list[str]]:
    """Suffixes by content type."""
    found: dict[str, list[str]] = {}
    for suffix, kind in headers.TYPES.items():
        found.setdefault(kind, []).append(suffix)
    return found


def _port(address: SplitResult) -> int:
    """Where a server listens; HTTPS is added by tools such as certbot."""
    return (address.port or 80) if address.scheme == "http" else 80


def _safety(*, hsts: bool) -> dict[str, str]:
    return {**headers.SAFETY, **({"Strict-Transport-Security": "max-age=31536000"} if hsts else {})}


def configuration(server: str, address: str, root: str, *, hsts: bool = False) -> str:
    """A ready configuration.

    Args:
        server: one of `SERVERS`.
        address: where the public reads the site, as `https://example.org/honor/`.
        root: the folder of a target of releases on the server; of storage, the prefix in the bucket.
        hsts: whether browsers are told to come by HTTPS only, for a year: there is no way back.
    """
    parts = urlsplit(address)
    return SERVERS[server](parts, f"{parts.path.rstrip('/')}/", root, hsts=hsts)


#: Domains that hosts of Git branches give; any other is of the site's own.
_GIVEN = (".github.io", ".gitlab.io", ".gitee.io", ".codeberg.page", ".pages.dev", ".netlify.app", ".vercel.app")


def pages_files(address: str, moved: Mapping[str, str], url: str = "") -> dict[str, bytes]:
    """What hosts of Git branches read beside the site: no other generator, caching, redirects, its domain.

    Args:
        address: of the site.
        moved: new address by old.
        url: of the target, if that says one: a domain of its own in it is told to the host (`CNAME`).
    """
    parts = urlsplit(url or address)
    base, host = f"{parts.path.rstrip('/')}/", parts.hostname or ""
    domain = f"{host}\n" if url and base == "/" and not host.endswith((*_GIVEN, "localhost", ".0.0.1")) else ""
    rules = {
        f"{base}*": {"Cache-Control": headers.A_MINUTE, **headers.SAFETY},
        f"{base}pictures/*": {"Cache-Control": headers.FOR_GOOD},  # such rules cannot tell a fingerprint in a name
    }
    said = "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
    redirects = "".join(f"{base}{old} {base}{to} 301\n" for old, to in sorted(moved.items()))
    found = {".nojekyll": "", "_headers": said, "_redirects": redirects, "CNAME": domain}
    return {name: text.encode() for name, text in found.items() if text or name == ".nojekyll"}
