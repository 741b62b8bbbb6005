// Masking for values that the server did not mask already (what the person typed on this screen).

/** "310104********1234". */
export function maskId(id: string | null | undefined): string {
  if (!id) return '—'
  if (id.includes('*')) return id
  if (id.length < 12) return id.replace(/.(?=.{2})/g, '*')
  return id.slice(0, 6) + '*'.repeat(id.length - 10) + id.slice(-4)
}

/** "138****1234". */
export function maskMobile(mobile: string | null | undefined): string {
  if (!mobile) return '—'
  if (mobile.includes('*')) return mobile
  return mobile.length === 11 ? `${mobile.slice(0, 3)}****${mobile.slice(-4)}` : mobile
}

/** "**** **** 1234". */
export function maskAccount(account: string | null | undefined): string {
  if (!account) return '—'
  if (account.includes('*')) return account
  return `**** ${account.slice(-4)}`
}

/** A bank account in groups of four, for reading back. */
export function groupAccount(account: string): string {
  return account.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ')
}

/** "1.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
