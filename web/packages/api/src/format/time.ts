// Months, dates and moments as text. Moments are shown in Shanghai civil time whatever the device's zone.

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

export function isMonth(text: string): boolean {
  return MONTH.test(text)
}

export function isDate(text: string): boolean {
  const match = DATE.exec(text)
  if (!match) return false
  const [, year, month, day] = match.map(Number)
  return (day ?? 0) <= daysIn(year ?? 0, month ?? 0)
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** "2031-07" as "2031年7月". */
export function monthText(month: string | null | undefined): string {
  const match = month ? MONTH.exec(month) : null
  return match ? `${match[1]}年${Number(match[2])}月` : '—'
}

/** "2026-11-24" as "2026年11月24日". */
export function dateText(date: string | null | undefined): string {
  const match = date ? DATE.exec(date.slice(0, 10)) : null
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : '—'
}

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function split(moment: string | number | Date): Record<string, string> | null {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return null
  return Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]))
}

/** An RFC 3339 moment as "2026-11-24 10:21". */
export function timeText(moment: string | number | Date | null | undefined): string {
  const p = moment ? split(moment) : null
  return p ? `${p['year']}-${p['month']}-${p['day']} ${p['hour']}:${p['minute']}` : '—'
}

/** "10:21" in Shanghai. */
export function clockText(moment: string | number | Date): string {
  const p = split(moment)
  return p ? `${p['hour']}:${p['minute']}` : '—'
}

/** The civil date in Shanghai of a moment, "2026-11-24". A plain date passes through. */
export function dayOf(moment: string | number | Date | null | undefined): string {
  if (!moment) return '—'
  if (typeof moment === 'string' && DATE.test(moment)) return moment
  const p = split(moment)
  return p ? `${p['year']}-${p['month']}-${p['day']}` : '—'
}

/** Months as "15年2个月". */
export function spanText(months: number | null | undefined): string {
  if (months === null || months === undefined) return '—'
  const years = Math.trunc(months / 12)
  const rest = Math.abs(months % 12)
  if (years === 0) return `${rest}个月`
  return rest === 0 ? `${years}年` : `${years}年${rest}个月`
}

/** Moves a month by a number of months. */
export function addMonths(month: string, by: number): string {
  const match = MONTH.exec(month)
  if (!match) return month
  const index = Number(match[1]) * 12 + Number(match[2]) - 1 + by
  return `${Math.trunc(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
