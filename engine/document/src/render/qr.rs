//! The verification address as a QR code (ISO/IEC 18004), drawn as one SVG path so that it prints sharp at any size.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use crate::Error;

/// Quiet zone around the code, in modules, as the standard asks.
const QUIET: usize = 4;

/// `text` as an SVG image with error correction level M (15 %).
pub(crate) fn svg(text: &str) -> Result<String, Error> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Error::Qr(error.to_string()))?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        for (x, run) in dark_runs(row) {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
        }
    }
    let side = width + 2 * QUIET;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    ))
}

/// Start and length of every run of dark modules in a row.
fn dark_runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (x, color) in row.iter().chain([&Color::Light]).enumerate() {
        match (*color, start) {
            (Color::Dark, None) => start = Some(x),
            (Color::Light, Some(from)) => {
                runs.push((from, x - from));
                start = None;
            }
            _ => {}
        }
    }
    runs
}
