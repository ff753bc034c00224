//! Files that are served unchanged: `public/`, with the vendored bundles in `public/vendor/`.

use std::path::Path;

use crate::Result;
use crate::asset::{Asset, walk};

/// The files of `public/`, at the top.
pub(crate) fn collect(root: &Path) -> Result<Vec<Asset>> {
    let vendor = root.join("public/vendor");
    for bundle in ["chart.js", "editor.js"] {
        if !vendor.join(bundle).is_file() {
            return Err(format!(
                "public/vendor/{bundle} is missing: run `npm ci --prefix app/js && npm run build --prefix app/js` \
                 first (`make build` does), or set PYRUNS_SITE=skip to build without the site"
            )
            .into());
        }
    }
    let mut assets = Vec::new();
    walk(&root.join("public"), "", &mut assets)?;
    Ok(assets)
}
