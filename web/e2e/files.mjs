// Small files made on the spot: a picture, a PDF, a roster.
export const pdf = (text = 'scan') =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length ${text.length + 42}>>stream\nBT /F 24 Tf 180 700 Td (${text}) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )

/** A valid synthetic identity number: region, birth date, sequence, check character. */
export function identity(birth, sequence, region = '310104') {
  const body = `${region}${birth}${String(sequence).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + '10X98765432'[sum % 11]
}

const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value))

/** Rows as CSV with a byte order mark, as office programs write it. */
export function csv(rows) {
  return Buffer.from('\uFEFF' + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n')
}
