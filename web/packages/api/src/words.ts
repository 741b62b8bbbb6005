// Codes into words where the server gives a code only.

import type { CaseState, ClockLevel } from './slices/cases.ts'
import type { ItemKind, ItemStatus } from './slices/items.ts'
import type { TaskAction } from './slices/tasks.ts'

export const CASE_STATE: Record<CaseState, string> = {
  DRAFT: '暂存',
  SUBMITTED: '已提交',
  CORRECTION: '待补正',
  REJECTED: '不予受理',
  ACCEPTED: '已受理',
  IN_REVIEW: '办理中',
  SUSPENDED: '特别程序中',
  DECIDED: '已决定',
  CLOSED: '已办结',
  WITHDRAWN: '已撤回',
  TERMINATED: '已终止',
  ABANDONED: '视为放弃',
  REVERSED: '已回退',
}

export const CLOCK_LEVEL: Record<ClockLevel, string> = { normal: '正常', blue: '临近', yellow: '预警', red: '超期' }

export const TASK_ACTION: Record<TaskAction, string> = {
  pass: '通过',
  send_back: '退回上一岗',
  correct: '退回补正',
  refuse: '不予受理',
  reject: '不予通过',
  escalate: '转报上级',
  suspend: '挂起',
  resume: '恢复办理',
  terminate: '终止',
  transfer: '转办',
  add_sign: '加签',
}

export const ITEM_KIND: Record<ItemKind, string> = { instant: '即办件', promised: '承诺件', batch: '批量件' }

export const ITEM_STATUS: Record<ItemStatus, string> = { draft: '拟定', published: '已发布', suspended: '已暂停', cancelled: '已取消' }

export const INSURANCE: Record<string, string> = {
  '110': '企业职工基本养老保险',
  '120': '机关事业单位养老保险',
  '170': '城乡居民养老保险',
  '210': '失业保险',
  '310': '职工基本医疗保险',
  '410': '工伤保险',
  '510': '生育保险',
}

export const INSURANCE_SHORT: Record<string, string> = { '110': '养老', '120': '机关养老', '170': '居保', '210': '失业', '310': '医疗', '410': '工伤', '510': '生育' }

/** Short name of an insurance, given its code or its full name. */
export function insuranceShort(codeOrName: string): string {
  const code = codeOrName in INSURANCE ? codeOrName : Object.keys(INSURANCE).find((key) => INSURANCE[key] === codeOrName)
  return (code && INSURANCE_SHORT[code]) ?? codeOrName
}

/** GB/T 39046 A.8: 1 is best. */
export const RATING = ['', '非常满意', '满意', '基本满意', '不满意', '非常不满意']

export const ROUNDING: Record<string, string> = {
  exact: '不舍入',
  fen_half_up: '四舍五入到分',
  fen_half_up_then_jiao_up: '四舍五入到分后见分进角',
  yuan_half_up: '四舍五入到元',
  yuan_up: '不足一元进为一元',
  tenth_half_up: '四舍五入保留一位小数',
  four_decimals_half_up: '四舍五入保留四位小数',
}

/** A law with its article; a document number in brackets stays outside the title marks. */
export function lawText(law: string, article?: string | null): string {
  const match = /^(.+?)(（[^（）]*）)$/.exec(law)
  const title = law.startsWith('《') ? law : match ? `《${match[1]}》${match[2]}` : `《${law}》`
  return article && article !== '全文' ? `${title}${article}` : title
}

const WORDS: Record<string, string> = {
  active: '正常',
  open: '正常',
  paid: '已到账',
  paying: '发放中',
  planned: '待发放',
  pending: '待处理',
  failed: '失败',
  returned: '退票',
  paused: '暂停',
  suspended: '暂停',
  stopped: '停止',
  ended: '已停保',
  retired: '已退休',
  levied: '应收',
  received: '已到账',
  owed: '欠费',
  arrears: '欠费',
  disabled: '已停用',
  locked: '已锁定',
  confirmed: '已确认',
  unconfirmed: '待确认',
  draft: '待审核',
  approved: '已生效',
  pass: '通过',
}

/** A status the server gave as a bare code, in words; unknown codes are shown as they are. */
export function statusWord(code: string | null | undefined, given?: string | null): string {
  if (given) return given
  if (!code) return '—'
  return WORDS[code] ?? CASE_STATE[code as CaseState] ?? code
}
