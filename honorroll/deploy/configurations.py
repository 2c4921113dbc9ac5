"""What hosts are told, all from the tables of `headers.py`: configurations of web servers, and the files that Pages hosts read."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from honorroll.deploy import headers


def _nginx(host: str, base: str, root: str, *, hsts: bool) -> str:
    by_type: dict[str, list[str]] = {}
    for suffix, kind in headers.TYPES.items():
        by_type.setdefault(kind.partition(";")[0], []).append(suffix)
    types = "".join(f"      {kind} {' '.join(suffixes)};\n" for kind, suffixes in by_type.items())
    texts = "|".join(headers.TEXTS)
    immutable = "".join(f'  "~^{base}{pattern}" "{headers.FOR_GOOD}";\n' for pattern in headers.IMMUTABLE)
    safety = "".join(f'    add_header {name} "{value}" always;\n' for name, value in _safety(hsts=hsts).items())
    charset = " ".join(
        sorted({kind.partition(";")[0] for kind in headers.TYPES.values() if "charset" in kind} - {"text/html"})
    )
    return f"""\
# {host}{base}: /etc/nginx/conf.d/honor.conf
map $uri $honor_cache {{
  default "{headers.A_DAY}";
{immutable}  "~^{base}static/" "{headers.A_DAY}";
  "~\\.({texts})$" "{headers.A_MINUTE}";
}}
server {{
  listen 80;
  server_name {host.partition(":")[0]};
  location {base} {{
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
{safety}    location ~ /\\. {{
      return 404;
    }}
  }}
}}
"""


def _caddy(host: str, base: str, root: str, *, hsts: bool) -> str:
    texts = " ".join(f"*.{suffix}" for suffix in headers.TEXTS)
    safety = "".join(f'    header {name} "{value}"\n' for name, value in _safety(hsts=hsts).items())
    types = "".join(
        f'    @{suffix} path *.{suffix}\n    header @{suffix} Content-Type "{kind}"\n'
        for suffix, kind in headers.TYPES.items()
    )
    immutable = "^/(?:" + "|".join(headers.IMMUTABLE) + ")"
    redirect = f"  redir {base.rstrip('/')} {base}\n" if base != "/" else ""
    return f"""\
# {host}{base}: /etc/caddy/Caddyfile
http://{host} {{
{redirect}  handle_path {base}* {{
    root * {root}/current
    @hidden path */.*
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


#: By the name of the server: its configuration of host, base path and folder.
SERVERS: Mapping[str, Callable[..., str]] = {"nginx": _nginx, "caddy": _caddy}


def _safety(*, hsts: bool) -> dict[str, str]:
    return {**headers.SAFETY, **({"Strict-Transport-Security": "max-age=31536000"} if hsts else {})}


def configuration(server: str, address: str, root: str, *, hsts: bool = False) -> str:
    """A ready configuration.

    Args:
        server: one of `SERVERS`.
        address: where the public reads the site, as `https://example.org/honor/`.
        root: the folder of a target of releases on the server.
        hsts: whether browsers are told to come by HTTPS only, for a year: there is no way back.
    """
    parts = urlsplit(address)
    return SERVERS[server](parts.netloc, f"{parts.path.rstrip('/')}/", root, hsts=hsts)


def pages_files(address: str, moved: Mapping[str, str]) -> dict[str, bytes]:
    """What hosts of Git branches read beside the site: no other generator, caching, redirects (`moved`: new address by old)."""
    base = f"{urlsplit(address).path.rstrip('/')}/"
    rules = {
        f"{base}*": {"Cache-Control": headers.A_MINUTE, **headers.SAFETY},
        f"{base}pictures/*": {"Cache-Control": headers.FOR_GOOD},  # such rules cannot tell a fingerprint in a name
    }
    said = "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
    redirects = "".join(f"{base}{old} {base}{to} 301\n" for old, to in sorted(moved.items()))
    found = {".nojekyll": "", "_headers": said, "_redirects": redirects}
    return {name: text.encode() for name, text in found.items() if text or name == ".nojekyll"}
