// Checks of single values, done while typing so that nobody waits for the server to learn of a slip. The server checks
// everything again and has the last word.

/** GB 11643: 17 digits and a check character; the six-digit region and the birth date must be plausible. */
export function idNumberFault(text: string, today: string = new Date().toISOString().slice(0, 10)): string | null {
  const id = text.trim().toUpperCase()
  if (id.length === 15 && /^\d{15}$/.test(id)) return '15位旧号码已停用，请填写18位身份证号码'
  if (!/^\d{17}[\dX]$/.test(id)) return '身份证号码应为18位，前17位为数字，末位为数字或X'
  const birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!realDate(birth) || birth < '1900-01-01' || birth > today) return '身份证号码中的出生日期不正确，请核对第7至14位'
  if (idCheckCharacter(id.slice(0, 17)) !== id[17]) return '身份证号码校验位不正确，请逐位核对'
  return null
}

/** The check character of the first 17 digits (ISO 7064 MOD 11-2). */
export function idCheckCharacter(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

/** GB 32100: 18 characters of a 31-letter alphabet (no I, O, S, V, Z) with a check character. */
export function usccFault(text: string): string | null {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const code = text.trim().toUpperCase()
  if (!new RegExp(`^[${alphabet}]{18}$`).test(code)) return '统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）'
  let weight = 1
  let sum = 0
  for (const letter of code.slice(0, 17)) {
    sum += alphabet.indexOf(letter) * weight
    weight = (weight * 3) % 31
  }
  const expected = alphabet[(31 - (sum % 31)) % 31]
  return expected === code[17] ? null : '统一社会信用代码校验位不正确，请逐位核对'
}

export function mobileFault(text: string): string | null {
  return /^1[3-9]\d{9}$/.test(text.trim()) ? null : '手机号码应为11位数字，以1开头'
}

/** Bank accounts: digits only, 8 to 32 of them. The Luhn digit is not demanded: passbooks and some social cards lack it. */
export function bankAccountFault(text: string): string | null {
  return /^\d{8,32}$/.test(text.replace(/\s/g, '')) ? null : '银行账号应为8至32位数字'
}

export function monthFault(text: string): string | null {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? null : '年月格式应为“年-月”，例如 2026-11'
}

export function dateFault(text: string): string | null {
  return realDate(text) ? null : '日期格式应为“年-月-日”，例如 2026-11-24'
}

export function realDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  if (month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
