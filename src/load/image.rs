//! Width and height of images from their first bytes: the door to the reader of image headers. Nothing is decoded.

use serde::{Deserialize, Serialize};

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// File names that end so are images that a page can show.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "webp", "gif", "avif", "svg", "bmp"];

/// Whether a file is an image by its name.
#[must_use]
pub fn is_image(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| IMAGES.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The size of an image; `None` when the bytes are none, or are an image without a size of its own (some SVG).
#[must_use]
pub fn size(bytes: &[u8]) -> Option<Size> {
    if let Ok(size) = imagesize::blob_size(bytes) {
        return Some(Size { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? });
    }
    svg(std::str::from_utf8(bytes).ok()?)
}

/// Whether bytes are a drawing rather than pixels.
#[must_use]
pub fn is_svg(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| root(text).is_some())
}

/// The first tag of a drawing.
fn root(text: &str) -> Option<&str> {
    let tag = &text[text.find("<svg")?..];
    Some(&tag[..tag.find('>')?])
}

/// The size an SVG states: `width` and `height` in pixels, else its `viewBox`.
fn svg(text: &str) -> Option<Size> {
    let tag = root(text)?;
    let attribute = |name: &str| {
        let (_, after) = tag.split_once(&format!(" {name}="))?;
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        after[1..].split_once(quote).map(|(value, _)| value)
    };
    let pixels = |value: &str| value.trim_end_matches("px").trim().parse::<f64>().ok().filter(|pixels| (1.0..1e6).contains(pixels));
    let side = |name: &str| attribute(name).and_then(pixels);
    let of_box = |at: usize| attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).nth(at).and_then(pixels);
    let (width, height) = side("width").zip(side("height")).or_else(|| of_box(2).zip(of_box(3)))?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and a million")]
    let whole = |pixels: f64| pixels.round() as u32;
    Some(Size { width: whole(width), height: whole(height) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_state_their_size() {
        let size = |text: &str| size(text.as_bytes()).map(|size| (size.width, size.height));
        assert_eq!(size("<svg xmlns=\"x\" width=\"120\" height='80px'>"), Some((120, 80)));
        assert_eq!(size("<?xml version=\"1.0\"?><svg viewBox=\"0 0 365 10\">"), Some((365, 10)));
        assert_eq!(size("<svg width=\"100%\">"), None);
        assert_eq!(size("version https://git-lfs.github.com/spec/v1"), None);
    }
}
