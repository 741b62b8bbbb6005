// Figures of parameters as officers read them: rates as per cent, amounts with grouped digits. Text arithmetic only.
import { quantityText } from '@renshe/api'

const RATE = /率|比例|占缴费基数/

/** "0.0198" as "1.98", by moving the point. */
export function hundredfold(decimal: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)
  if (!match) return decimal
  const [, sign = '', whole = '', part = ''] = match
  const digits = whole + part.padEnd(2, '0')
  const at = whole.length + 2
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, '')
  const right = digits.slice(at).replace(/0+$/, '')
  return `${sign}${left}${right ? `.${right}` : ''}`
}

/** A parameter's value: a rate below one is written as per cent. */
export function figureText(value: string, unit: string | null | undefined): string {
  if (unit && RATE.test(unit) && /^-?0(\.\d+)?$/.test(value)) return `${hundredfold(value)}%`
  return quantityText({ value })
}

/** "年月（yyyymm）" and the like name the storage; people want the kind only. */
export function unitText(unit: string | null | undefined): string {
  return (unit ?? '').replace(/（yyyymm）/, '')
}
