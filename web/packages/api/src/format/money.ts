// Money between integer fen and what people read. Text arithmetic only: no amount ever becomes a float.

/** Fen as "8,146.60". Accepts what JSON gives (a safe integer) or digits as text. */
export function yuan(fen: number | string | bigint | null | undefined): string {
  if (fen === null || fen === undefined || fen === '') return '—'
  const text = String(fen)
  if (!/^-?\d+$/.test(text)) return '—'
  const negative = text.startsWith('-')
  const digits = (negative ? text.slice(1) : text).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/^0+(?=\d)/, '')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${negative ? '-' : ''}${grouped}.${digits.slice(-2)}`
}

/** Fen as "8,146.60 元". */
export function yuanText(fen: number | string | bigint | null | undefined): string {
  const text = yuan(fen)
  return text === '—' ? text : `${text} 元`
}

/** What a person typed ("8,146.6", "8146", "¥8146.60", full-width digits) as fen, or null when it is no amount. */
export function parseYuan(typed: string): number | null {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s,，¥￥元]/g, '')
  const match = /^(-?)(\d{1,13})(?:\.(\d{0,2}))?$/.exec(text)
  if (!match) return null
  const [, sign = '', whole = '', part = ''] = match
  const fen = Number(whole + part.padEnd(2, '0'))
  if (!Number.isSafeInteger(fen)) return null
  return sign === '-' && fen !== 0 ? -fen : fen
}

/** A quantity of a derivation, "4,475.50 元/月". The digits are the server's; only grouping is added. */
export function quantityText(quantity: { value: string; unit?: string | null }): string {
  const plain = /^(-?)(\d{4,})(\.\d+)?$/.exec(quantity.value)
  const value = plain ? `${plain[1]}${(plain[2] ?? '').replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${plain[3] ?? ''}` : quantity.value
  return quantity.unit ? `${value} ${quantity.unit}` : value
}

/** Fen as plain text for an input box: "8146.60". */
export function yuanInput(fen: number | string | null | undefined): string {
  const text = yuan(fen)
  return text === '—' ? '' : text.replaceAll(',', '')
}
