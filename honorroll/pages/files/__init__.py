"""Files beside the pages: feeds, sitemap, data sets, QR codes, share pictures, palettes."""
