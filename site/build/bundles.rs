//! Files that are served as they are: the vendored bundles and `public/`.

use std::path::Path;

use crate::Result;
use crate::asset::{Asset, walk};

/// `/vendor/*` from `app/js/dist`, and the files of `public/` at the top.
pub(crate) fn collect(root: &Path) -> Result<Vec<Asset>> {
    let dist = root.join("app/js/dist");
    for bundle in ["chart.js", "editor.js"] {
        if !dist.join(bundle).is_file() {
            return Err(format!(
                "app/js/dist/{bundle} is missing: run `npm ci --prefix app/js && npm run build --prefix app/js` \
                 first (`make build` does), or set PYRUNS_SITE=skip to build without the site"
            )
            .into());
        }
    }
    let mut assets = Vec::new();
    walk(&dist, "/vendor", &mut assets)?;
    walk(&root.join("public"), "", &mut assets)?;
    Ok(assets)
}
