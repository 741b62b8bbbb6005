// Which icon stands for an item: by kind of work, not by code, so that new items find theirs.
import type { ItemRow } from '@renshe/api'
import type { IconName } from '@renshe/ui'

export function iconOf(item: Pick<ItemRow, 'module' | 'kind' | 'name'>): IconName {
  if (/证明|凭证|打印/.test(item.name)) return 'docCheck'
  if (item.kind === 'batch' || /批量/.test(item.name)) return 'table'
  if (/变更|更正/.test(item.name)) return 'edit'
  if (/养老|待遇|退休/.test(item.module + item.name)) return 'coins'
  if (/参保|登记/.test(item.module + item.name)) return 'shield'
  if (/失业|就业/.test(item.module + item.name)) return 'users'
  return 'doc'
}

/** Where "在线办理" leads: three items have pages of their own. */
export function applyPath(code: string): string {
  if (code === 'SI-CB-028') return '/certificate'
  if (code === 'SI-CB-011') return '/employer/batch'
  return `/apply/${code}`
}

/** Items that an employer files for one of its staff, so that the staff member is chosen first. */
export function aboutEmployee(item: { form: { fields: { key: string; readonly?: boolean }[] }[]; audience: string[] }): boolean {
  // The person is named by number and the rest comes from the register.
  return item.audience.includes('employer') && item.form.some((section) => section.fields.some((field) => field.key === PERSON_FIELD && !field.readonly))
}

/** The field that says whom an application is about. */
export const PERSON_FIELD = 'person_no'
