// A stand-in for the real server while it is being written: the same HTTP contract over data in memory, and the built
// pages under the same paths and content policy. Node only, no packages. Not for anything but development.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { derivation, items, organisations, parameters, roles, users } from './catalogue.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const apps = join(here, '../../apps')
const NOW = () => new Date()
const iso = (d = NOW()) => d.toISOString()
const day = (offset) => new Date(Date.now() + 8 * 3600e3 + offset * 86400e3).toISOString().slice(0, 10)
const ago = (hours) => iso(new Date(Date.now() - hours * 3600e3))

const sessions = new Map()
const drafts = new Map()
const cases = new Map()
const tasks = []
const messages = []
const batches = new Map()
const documents = new Map()
const seen = new Map()
let serial = 1204

const item = (code) => items.find((i) => i.code === code)
const ROW = ['code', 'name', 'short_name', 'domain', 'module', 'kind', 'audience', 'promised_text', 'statutory_text', 'visits', 'summary', 'online', 'status']
const summaryOf = (it) => Object.fromEntries(ROW.map((key) => [key, it[key]]))
class Refusal extends Error {
  constructor(status, detail, code = 'mock', errors) {
    super(detail)
    Object.assign(this, { status, code, errors })
  }
}
const page = (rows, q) => {
  const size = Math.min(100, Number(q.get('size') ?? 20))
  const n = Number(q.get('page') ?? 1)
  return { rows: rows.slice((n - 1) * size, n * size), total: rows.length, page: n, size }
}

// ---- people
const people = {
  P100001: { name: '张建国', id_no: '310104196603123419', mobile: '13816500231', months: 390 },
}
const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡'
const given = ['伟', '芳', '娜', '秀英', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超', '秀兰', '霞', '平', '刚', '桂英', '建华', '志远', '晓燕', '文博', '雨晴']
const staffOf = Array.from({ length: 46 }, (_, i) => ({
  person_no: `P2000${String(i).padStart(2, '0')}`, name: surnames[i % 15] + given[(i * 7) % given.length],
  id_no: `3101${String(i % 10).padStart(2, '0')}********${String(1000 + ((i * 733) % 9000))}`, from: `20${String(10 + (i % 16)).padStart(2, '0')}-0${1 + (i % 9)}`,
  insurances: i % 9 === 8 ? ['410'] : ['110', '210', '410'], wage_fen: 746000 + ((i * 137911) % 1900000), status: i % 13 === 12 ? 'paused' : 'active', status_name: i % 13 === 12 ? '暂停缴费' : '参保缴费',
}))
staffOf.unshift({ person_no: 'P100001', name: '张建国', id_no: '310104********3419', from: '1998-03', insurances: ['110', '210', '410'], wage_fen: 1386000, status: 'active', status_name: '参保缴费' })

// ---- cases
function nextNo() {
  serial += 1
  return `HRSS310104${day(0).replaceAll('-', '')}2${String(serial).padStart(7, '0')}7`
}
function openCase({ code, form, applicant, user, employer, at = iso(), state = 'SUBMITTED', node = null, level = 'normal', used = 0, materials = [] }) {
  const it = item(code)
  const no = nextNo()
  const limit = { promised: 10, instant: 0, batch: 1 }[it.kind] || 0
  const nodes = it.nodes
  const c = {
    case_no: no, item_code: code, item_name: it.name, item_version: 1, state, applicant_name: applicant, user, employer, submitted_at: at, promised_due: it.kind === 'instant' ? null : day(10 - used),
    clock: it.kind === 'instant' ? null : { used_days: used, limit_days: code === 'SI-CB-023' ? 5 : limit, running: !['CORRECTION', 'SUSPENDED', 'CLOSED'].includes(state), level, level_name: { normal: '正常', blue: '提醒', yellow: '预警', red: '超期' }[level] }, node: node ?? nodes[0].id, values: form, materials,
    timeline: [{ at, node: null, action: 'submit', action_name: '提交申请', actor_name: employer ? '李敏' : applicant, organisation: employer ? '上海东海精密机械有限公司' : null }],
    documents: [], derivation: [], computed: {}, correction: null, rating: null, rules: [{ code: 'R1', name: '最低缴费年限', severity: 'block', passed: true, detail: '累计缴费390个月，最低缴费年限180个月' }, { code: 'R2', name: '单位欠费核查', severity: 'block', passed: true, detail: '该职工应缴期间无欠费' }, { code: 'R3', name: '跨地区重复缴费', severity: 'warn', passed: code !== 'SI-YL-001', detail: '2003年5月至2003年7月与江苏省苏州市缴费记录重叠3个月', advice: '提示申请人办理重复参保清理（SI-CB-025）' }],
  }
  cases.set(no, c)
  return c
}
const NAMES = { SUBMITTED: '已提交', CORRECTION: '待补正', REJECTED: '不予受理', ACCEPTED: '已受理', IN_REVIEW: '办理中', CLOSED: '已办结', WITHDRAWN: '已撤回', SUSPENDED: '特别程序中', TERMINATED: '已终止' }
const rowOf = (c, me) => ({ case_no: c.case_no, item_code: c.item_code, item_name: c.item_name, state: c.state, state_name: NAMES[c.state], applicant_name: c.applicant_name, submitted_at: c.submitted_at, promised_due: c.promised_due, clock: c.clock ?? { used_days: 0, limit_days: null, running: false, level: 'normal', level_name: '正常' }, current_node: ['SUBMITTED', 'ACCEPTED', 'IN_REVIEW'].includes(c.state) ? item(c.item_code).nodes.find((n) => n.id === c.node)?.name : null, can: me?.kind === 'staff' ? [] : [...(['SUBMITTED', 'ACCEPTED', 'IN_REVIEW', 'CORRECTION'].includes(c.state) ? ['withdraw'] : []), ...(c.state === 'CORRECTION' ? ['correct'] : []), ...(c.state === 'CLOSED' && !c.rating ? ['rate'] : [])] })
const mask = (t, v) => (typeof v !== 'string' ? v : t === 'id_number' ? v.slice(0, 6) + '********' + v.slice(-4) : t === 'mobile' ? v.slice(0, 3) + '****' + v.slice(-4) : t === 'bank_account' ? '**** **** ' + v.slice(-4) : v)
const ACTIONS = { accept: ['pass', 'correct', 'refuse', 'transfer'], review: ['pass', 'send_back', 'correct', 'reject', 'escalate', 'suspend', 'transfer'], recheck: ['pass', 'send_back', 'reject', 'escalate', 'transfer'], sample: ['pass', 'reject'] }
const WORD = { pass: '通过', send_back: '退回上一岗', correct: '退回补正', refuse: '不予受理', reject: '不予通过', escalate: '转报上级', suspend: '挂起', resume: '恢复办理', terminate: '终止', transfer: '转办', add_sign: '加签' }
function detailOf(c, me) {
  const it = item(c.item_code)
  const order = it.nodes.map((n) => n.id)
  const at = order.indexOf(c.node)
  const ended = ['CLOSED', 'REJECTED', 'WITHDRAWN', 'TERMINATED'].includes(c.state)
  return {
    ...rowOf(c, me), item_version: 1, channel: 'web', organisation: '徐汇区社会保险分中心',
    form: it.form.map((s) => ({ title: s.title, fields: s.fields.filter((f) => !f.show_when || [].concat(c.values[f.show_when.field] ?? []).some((v) => f.show_when.in.includes(v))).map((f) => ({ ...f, value: me.kind === 'staff' ? (c.values[f.key] ?? null) : mask(f.type, c.values[f.key] ?? null) })) })),
    materials: it.materials.map((m) => ({ ...m, files: m.source === 'licence' ? [{ id: 'f-id', name: '居民身份证（电子证照）.pdf', size: 126000, media_type: 'application/pdf', url: '/api/v1/documents/sample' }] : m.required ? [{ id: `f-${m.code}`, name: `${m.name}.pdf`, size: 2340000, media_type: 'application/pdf', url: '/api/v1/documents/sample' }, { id: `g-${m.code}`, name: '工作经历页.png', size: 840000, media_type: 'image/png', url: '/api/v1/documents/sample.png' }] : [] })),
    timeline: c.timeline, progress: [{ node: 'start', name: '提交申请', status: 'done', at: c.submitted_at }, ...it.nodes.map((n, i) => ({ node: n.id, name: n.name, status: c.state === 'CLOSED' || i < at ? 'done' : ended ? 'waiting' : i === at ? 'current' : 'waiting', at: c.timeline.find((e) => e.node === n.name && e.action === 'pass')?.at ?? null })), { node: 'end', name: '办结', status: c.state === 'CLOSED' ? 'done' : 'waiting', at: c.closed_at ?? null }],
    rules: it.kind === 'promised' ? c.rules : [], derivation: c.derivation, computed: c.computed, documents: c.documents, correction: c.correction, rating: c.rating,
    tasks: me.kind === 'staff' ? tasks.filter((t) => t.case_no === c.case_no && ['OPEN', 'CLAIMED', 'WAITING'].includes(t.state)).map((t) => {
      const seen = c.timeline.some((e) => e.actor_name === me.name && e.action !== 'claim')
      const blocked = !me.roles.some((r) => r.code === t.role) ? '该任务由其他岗位办理' : seen && t.node === 'recheck' ? '您已在本办件的前一环节办理过，按不相容岗位要求须由他人复核' : null
      return { id: t.id, node_name: t.node_name, state: t.state, claimed_by: t.claimed_by_id, offered_to: t.offered_to, due: t.due_at, blocked_reason: blocked, actions: t.claimed_by_id === me.user_id && !blocked && !['CORRECTION', 'SUSPENDED'].includes(c.state) ? ACTIONS[t.node].map((x) => ({ action: x, name: WORD[x], opinion_required: x !== 'pass' })) : [] }
    }) : [],
  }
}
function openTask(c, extra = {}) {
  const n = item(c.item_code).nodes.find((x) => x.id === c.node)
  if (!n || n.role === 'R19') return
  tasks.push({ id: randomUUID(), case_no: c.case_no, item_code: c.item_code, item_name: c.item_name, node: n.id, node_name: n.name, role: n.role, applicant_name: c.applicant_name, organisation: '徐汇区社会保险分中心', state: 'OPEN', offered_to: null, claimed_by: null, claimed_by_id: null, created_at: iso(), due_at: day(2), clock_level: c.clock?.level ?? 'normal', priority: 0, ...extra })
}
function addDocument(c, nameText) {
  const id = randomUUID()
  const code = String(Math.floor(1e15 + Math.random() * 8e15))
  const doc = { id, name: nameText, number: `${c.item_code === 'SI-YL-001' ? 'YLHD' : 'CBZM'}-2026-${String(documents.size + 318).padStart(6, '0')}`, verify_code: code, url: `/api/v1/documents/${id}`, issued_at: iso(), holder: c.applicant_name }
  documents.set(id, doc)
  documents.set(code, doc)
  c.documents.push(doc)
}
function close(c) {
  c.state = 'CLOSED'
  c.closed_at = iso()
  if (c.clock) c.clock.running = false
  c.timeline.push({ at: iso(), node: null, action: 'close', action_name: '办结', actor_name: '系统', organisation: null })
  if (c.item_code === 'SI-YL-001') {
    c.derivation = derivation
    c.computed = { total_fen: 814660, start_month: '2026-12' }
  }
  addDocument(c, item(c.item_code).result_name)
  messages.unshift({ id: randomUUID(), user: c.user, title: `${c.item_name}已办结`, body: c.item_code === 'SI-YL-001' ? '您的退休申请已核定，养老金标准 8,146.60 元/月，2026年12月起发放。' : `您申请的“${c.item_name}”已办结，可在办件详情中下载结果。`, case_no: c.case_no, created_at: iso(), read_at: null })
}
const retireForm = (nm, id) => ({ name: nm, id_no: id, mobile: '13816500231', retire_kind: 'normal', post_kind: 'manager', statutory_month: '2026-07', chosen_month: '2026-12', first_work_date: '1985-07-20', total_months: 390, account_kind: 'bank', bank_name: '102', bank_account: '6222021001112345678' })

// ---- seed
{
  const c1 = openCase({ code: 'SI-YL-001', form: retireForm('张建国', '310104196603123419'), applicant: '张建国', user: 'u-zhang', at: ago(52), state: 'IN_REVIEW', node: 'review', used: 3 })
  c1.timeline.push({ at: ago(30), node: '受理', action: 'pass', action_name: '通过', actor_name: '王芳', organisation: '徐汇区社会保险分中心', opinion: '材料齐全，符合受理条件，予以受理。' })
  openTask(c1, { created_at: ago(30) })
  const c2 = openCase({ code: 'SI-CB-023', form: { name: '张建国', id_no: '310104196603123419', change_items: ['name'], new_name: '张健国', basis: '3', basis_date: '2026-10-08' }, applicant: '张建国', user: 'u-zhang', at: ago(96), state: 'CORRECTION', node: 'review', used: 2, level: 'blue' })
  c2.correction = { items: ['户籍变更证明影像不清晰，请重新上传加盖户籍专用章的完整页面', '请核对变更后姓名与户籍证明是否一致'], deadline: day(8), fields: ['new_name'] }
  c2.timeline.push({ at: ago(80), node: '受理', action: 'pass', action_name: '通过', actor_name: '王芳', organisation: '徐汇区社会保险分中心' }, { at: ago(20), node: '初审', action: 'correct', action_name: '退回补正', actor_name: '陈志强', organisation: '徐汇区社会保险分中心', opinion: '户籍变更证明影像不清晰，无法核对。' })
  const c3 = openCase({ code: 'SI-CB-028', form: { name: '张建国', id_no: '310104196603123419', insurance_types: ['110', '210'], from_month: '2025-11', to_month: '2026-10', detail_level: 'detail', purpose: 'loan' }, applicant: '张建国', user: 'u-zhang', at: ago(400) })
  close(c3)
  const names = ['周国平', '吴秀英', '孙建华', '胡志远', '马丽', '朱磊', '徐文博', '黄艳', '赵桂英', '杨勇', '刘洋', '陈霞', '李刚', '王秀兰', '张涛', '郭明', '何静', '高平', '林杰', '罗敏', '宋强', '郑芳', '谢军']
  names.forEach((n, i) => {
    const code = i % 3 === 2 ? 'SI-CB-023' : 'SI-YL-001'
    const level = ['normal', 'normal', 'blue', 'normal', 'yellow', 'normal', 'normal', 'red'][i % 8]
    const node = ['accept', 'accept', 'review', 'recheck'][i % 4]
    const c = openCase({ code, form: code === 'SI-YL-001' ? retireForm(n, `31010${i % 9}1966051${String(i).padStart(2, '0')}11X`.slice(0, 18)) : { name: n, id_no: '310104198803123419', change_items: ['name'], new_name: n, basis: '3', basis_date: '2026-10-08' }, applicant: n, user: 'u-hr', employer: 'E100001', at: ago(20 + i * 9), state: node === 'accept' ? 'SUBMITTED' : 'IN_REVIEW', node, level, used: Math.min(12, 1 + i) })
    if (node !== 'accept') c.timeline.push({ at: ago(10 + i * 4), node: '受理', action: 'pass', action_name: '通过', actor_name: '王芳', organisation: '徐汇区社会保险分中心', opinion: '材料齐全，符合受理条件。' })
    if (node === 'recheck') {
      c.timeline.push({ at: ago(6 + i), node: '初审', action: 'pass', action_name: '通过', actor_name: '陈志强', organisation: '徐汇区社会保险分中心', opinion: '经审核，缴费年限及档案记载一致，同意。' })
      if (code === 'SI-YL-001') c.derivation = derivation
    }
    openTask(c, { created_at: ago(4 + i * 3), due_at: day(level === 'red' ? -1 : level === 'yellow' ? 0 : level === 'blue' ? 1 : 3 + (i % 4)), offered_to: i % 5 === 0 ? 'u-clerk' : null, priority: level === 'red' ? 2 : 0, ...(i === 4 || i === 1 ? { state: 'CLAIMED', claimed_by: '王芳', claimed_by_id: 'u-clerk' } : {}) })
  })
  messages.push({ id: randomUUID(), user: 'u-zhang', title: '补正通知', body: '您申请的“个人关键信息变更”需要补正材料，请在10个工作日内完成补正。逾期未补正的，视为放弃申请。', case_no: c2.case_no, created_at: ago(20), read_at: null }, { id: randomUUID(), user: 'u-zhang', title: '受理通知', body: '您的退休申请已受理，承诺10个工作日内办结。', case_no: c1.case_no, created_at: ago(30), read_at: ago(29) })
  const did = randomUUID()
  drafts.set(did, { id: did, user: 'u-zhang', item_code: 'SI-YL-001', item_version: 1, item_name: '职工正常退休申请', fields: { name: { value: '张建国', origin: 'prefilled' }, id_no: { value: '310104********3419', origin: 'prefilled' }, mobile: { value: '13816500231', origin: 'prefilled' }, retire_kind: { value: 'normal', origin: 'typed' }, first_work_date: { value: '1985-07-20', origin: 'typed', prefilled_value: '1985-07-15' }, total_months: { value: 390, origin: 'prefilled' }, statutory_month: { value: '2026-07', origin: 'prefilled' } }, materials: item('SI-YL-001').materials.map((m) => ({ ...m, files: [] })), updated_at: ago(2), version: 4 })
}

function prefillOf(code, me) {
  const p = people[me.person_no] ?? { name: '张建国', id_no: '310104196603123419', mobile: '13816500231' }
  const base = { name: p.name, id_no: mask('id_number', p.id_no), mobile: p.mobile, statutory_month: '2026-07', first_work_date: '1985-07-15', total_months: 390, from_month: '2025-11', to_month: '2026-10', ins_types: ['110', '210', '410'], contact: me.kind === 'employer' ? me.name : undefined, contact_mobile: me.kind === 'employer' ? '13901660021' : undefined }
  if (code === 'SI-CB-010') for (const k of ['name', 'id_no', 'mobile']) delete base[k]
  const keys = new Set(item(code).form.flatMap((s) => s.fields.map((f) => f.key)))
  return Object.fromEntries(Object.entries(base).filter(([k, v]) => keys.has(k) && v !== undefined).map(([k, v]) => [k, { value: v, origin: 'prefilled' }]))
}
function submit(code, values, me, employerFor) {
  const applicant = values.name ?? people[me.person_no]?.name ?? me.employer?.name ?? me.name
  const c = openCase({ code, form: values, applicant: code === 'SI-CB-011' ? me.employer.name : applicant, user: me.user_id, employer: me.employer?.employer_no })
  if (item(code).kind === 'promised') openTask(c)
  else {
    if (code === 'SI-CB-011') batches.set(c.case_no, { case_no: c.case_no, rows_total: 1000, ok: 987, failed: 13, failures: Array.from({ length: 13 }, (_, i) => ({ row: 7 + i * 71, column: ['C', 'E', 'F', 'H'][i % 4], column_name: ['证件号码', '参保起始月', '用工起始日期', '月缴费工资'][i % 4], value: ['31010419********1X', '2025-03', '2026-02-30', '-1'][i % 4], code: ['E101', 'E204', 'E205', 'E301'][i % 4], reason: ['身份证号码校验位不正确', '参保起始月早于本月', '日期不存在', '月缴费工资应大于0'][i % 4], hint: ['请核对证件号码后重新填写', '补缴以前月份请办理“断缴补缴申报”', '请填写实际用工日期', '请填写职工上年度月均工资，首次参保的填写起薪当月工资'][i % 4] })) })
    close(c)
  }
  void employerFor
  return { case_no: c.case_no, item_code: code, item_name: c.item_name, submitted_at: c.submitted_at, promised_due: c.promised_due, state: c.state, state_name: NAMES[c.state] }
}

// ---- routes
const routes = []
const on = (method, path, handler, open = false) => routes.push({ method, re: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handler, open })
const publicMe = (u) => ({ posts: u.organisation ? [{ code: u.organisation.code, name: u.organisation.name, roles: u.roles.map((r) => r.code), current: true }] : [], organisation: null, employer: null, person_no: null, must_change_password: false, expires_at: iso(new Date(Date.now() + 8 * 3600e3)), ...u })

on('GET', '/session', ({ me }) => me)
on('POST', '/session', ({ body, res }) => {
  const u = users.find((x) => x.login === body.login)
  if (!u || body.password !== 'demo') throw new Refusal(401, '用户名或密码不正确，连续5次错误将锁定账号30分钟', 'identity.bad_credentials')
  const token = randomUUID()
  sessions.set(token, u)
  res.setHeader('set-cookie', `renshe_session=${token}; Path=/; HttpOnly; SameSite=Strict`)
  return publicMe(u)
}, true)
on('DELETE', '/session', ({ token }) => void sessions.delete(token))
on('PUT', '/session/password', ({ body }) => {
  if (body.old !== 'demo') throw new Refusal(422, '填写的内容有误，请按提示修改后重新提交', 'identity.password', [{ field: 'old', message: '原密码不正确' }])
})
on('GET', '/items', ({ q }) => page(items.filter((i) => (!q.get('query') || (i.name + i.short_name + i.summary + i.code).includes(q.get('query'))) && (!q.get('audience') || i.audience.includes(q.get('audience'))) && (!q.get('domain') || i.domain === q.get('domain'))).map(summaryOf), q), true)
on('GET', '/items/:code', ({ p }) => item(p.code) ?? (() => { throw new Refusal(404, '没有找到这个事项，可能已停办或编号有误') })(), true)
on('PUT', '/items/:code/status', ({ p, body }) => void (item(p.code).status = body.status))
const draftOf = (id, me) => {
  const d = drafts.get(id)
  if (!d || d.user !== me.user_id) throw new Refusal(404, '没有找到这份草稿，可能已提交或已删除', 'intake.draft_missing')
  return d
}
on('POST', '/drafts', ({ body, me }) => {
  const it = item(body.item_code)
  const id = randomUUID()
  const d = { id, user: me.user_id, item_code: it.code, item_version: 1, item_name: it.name, fields: prefillOf(it.code, me), materials: it.materials.map((m) => ({ ...m, files: [] })), updated_at: iso(), version: 1 }
  drafts.set(id, d)
  return d
})
on('GET', '/drafts', ({ me }) => [...drafts.values()].filter((d) => d.user === me.user_id && !d.receipt).map((d) => ({ id: d.id, item_code: d.item_code, item_name: d.item_name, updated_at: d.updated_at })))
on('GET', '/drafts/:id', ({ p, me }) => draftOf(p.id, me))
on('PATCH', '/drafts/:id', ({ p, me, body }) => {
  const d = draftOf(p.id, me)
  for (const [k, v] of Object.entries(body.fields)) {
    const before = d.fields[k]
    const recorded = before?.prefilled_value ?? (before?.origin === 'prefilled' ? before.value : undefined)
    d.fields[k] = { value: v, origin: recorded !== undefined && recorded === v ? 'prefilled' : 'typed', ...(recorded !== undefined ? { prefilled_value: recorded } : {}) }
  }
  d.updated_at = iso()
  d.version += 1
  return { fields: Object.fromEntries(Object.keys(body.fields).map((k) => [k, d.fields[k]])), faults: [], version: d.version }
})
on('POST', '/drafts/:id/prefill', ({ p, me }) => {
  const d = draftOf(p.id, me)
  for (const [k, f] of Object.entries(prefillOf(d.item_code, me))) {
    if (!d.fields[k]) d.fields[k] = f
    else if (d.fields[k].value !== f.value) d.fields[k].prefilled_value = f.value
  }
  return d
})
on('POST', '/drafts/:id/check', ({ p, me }) => {
  const d = draftOf(p.id, me)
  const faults = d.materials.filter((m) => m.required && m.source === 'upload' && m.files.length === 0).map((m) => ({ field: m.code, message: `请上传${m.name}` }))
  const rules = item(d.item_code).kind === 'promised' ? [{ code: 'R1', name: '最低缴费年限', severity: 'block', passed: true, detail: '累计缴费390个月，最低缴费年限180个月', advice: null }, { code: 'R3', name: '跨地区重复缴费', severity: 'warn', passed: false, detail: '2003年5月至7月与江苏省苏州市缴费记录重叠3个月', advice: '不影响本次申请，可另行办理重复参保清理' }] : []
  return { faults, rules }
})
on('POST', '/drafts/:id/materials/:code', ({ p, me, raw }) => {
  const d = draftOf(p.id, me)
  const m = d.materials.find((x) => x.code === p.code)
  const nm = /filename="([^"]*)"/.exec(raw.subarray(0, 600).toString('utf8'))?.[1] ?? '文件'
  const f = { id: randomUUID(), name: nm, media_type: 'application/octet-stream', size: raw.length - 200, sm3: 'a'.repeat(64) }
  m.files.push(f)
  return f
})
on('DELETE', '/drafts/:id/materials/:code/:file', ({ p, me }) => {
  const m = draftOf(p.id, me).materials.find((x) => x.code === p.code)
  m.files = m.files.filter((f) => f.id !== p.file)
})
on('DELETE', '/drafts/:id', ({ p, me }) => void drafts.delete(draftOf(p.id, me).id))
on('POST', '/drafts/:id/submission', ({ p, me, res }) => {
  const d = draftOf(p.id, me)
  if (d.receipt) return d.receipt
  d.receipt = submit(d.item_code, Object.fromEntries(Object.entries(d.fields).map(([k, f]) => [k, f.value])), me)
  res.statusCode = 201
  return d.receipt
})
on('POST', '/applications', ({ body, me, req }) => {
  const key = req.headers['idempotency-key']
  if (!seen.has(key)) seen.set(key, submit(body.item_code, body.form, me))
  return seen.get(key)
})
const mineOf = (me) => [...cases.values()].filter((c) => (me.kind === 'staff' ? true : c.user === me.user_id)).sort((a, b) => b.submitted_at.localeCompare(a.submitted_at))
const caseOf = (no, me) => mineOf(me).find((c) => c.case_no === no) ?? (() => { throw new Refusal(404, '没有找到这个办件，请核对办件编号', 'casework.case_missing') })()
on('GET', '/cases', ({ me, q }) => page(mineOf(me).filter((c) => !q.get('state') || q.get('state').split(',').includes(c.state)).map((c) => rowOf(c, me)), q))
on('GET', '/cases/:no', ({ p, me }) => detailOf(caseOf(p.no, me), me))
on('POST', '/cases/:no/withdrawal', ({ p, me, body }) => {
  const c = caseOf(p.no, me)
  c.state = 'WITHDRAWN'
  c.timeline.push({ at: iso(), node: null, action: 'withdraw', action_name: '撤回申请', actor_name: me.name, opinion: body.reason })
  for (const t of tasks) if (t.case_no === c.case_no) t.state = 'DONE'
})
on('POST', '/cases/:no/correction', ({ p, me, body }) => {
  const c = caseOf(p.no, me)
  Object.assign(c.values, body.fields)
  c.state = 'IN_REVIEW'
  c.correction = null
  c.clock.running = true
  c.timeline.push({ at: iso(), node: null, action: 'resubmit', action_name: '提交补正', actor_name: me.name })
  openTask(c)
})
on('POST', '/cases/:no/rating', ({ p, me, body }) => void (caseOf(p.no, me).rating = { score: body.score, comment: body.comment, at: iso() }))
const mayDo = (t, me) => me.roles.some((r) => r.code === t.role)
const inView = (t, me, view) => (view === 'claimed' ? t.state === 'CLAIMED' && t.claimed_by_id === me.user_id : view === 'done' ? t.state === 'DONE' && t.claimed_by_id === me.user_id : t.state === 'OPEN' && mayDo(t, me))
const rowOfTask = (t) => { const c = cases.get(t.case_no); return { id: t.id, case_no: t.case_no, item_code: t.item_code, item_name: t.item_name, node_name: t.node_name, applicant_name: t.applicant_name, org_path: '310000/310104/310104-01', state: t.state, offered_to: t.offered_to, claimed_by: t.claimed_by_id, created_at: t.created_at, due_at: t.due_at, clock: c.clock, case_state: c.state, case_state_name: NAMES[c.state] } }
on('GET', '/tasks', ({ me, q }) => page(tasks.filter((t) => inView(t, me, q.get('view') ?? 'todo') && (!q.get('query') || (t.case_no + t.applicant_name).includes(q.get('query'))) && (!q.get('item') || t.item_code === q.get('item'))).sort((a, b) => b.priority - a.priority || a.due_at.localeCompare(b.due_at)).map(rowOfTask), q))
on('GET', '/tasks/summary', ({ me }) => ({ todo: tasks.filter((t) => inView(t, me, 'todo')).length, claimed: tasks.filter((t) => inView(t, me, 'claimed')).length, done_today: tasks.filter((t) => inView(t, me, 'done')).length, yellow: tasks.filter((t) => mayDo(t, me) && t.state !== 'DONE' && t.clock_level === 'yellow').length, red: tasks.filter((t) => mayDo(t, me) && t.state !== 'DONE' && t.clock_level === 'red').length, undispatchable: 0 }))
const taskOf = (id) => tasks.find((t) => t.id === id) ?? (() => { throw new Refusal(404, '任务不存在或不在您的办理范围内') })()
on('POST', '/tasks/:id/claim', ({ p, me }) => {
  const t = taskOf(p.id)
  if (t.state === 'CLAIMED' && t.claimed_by_id !== me.user_id) throw new Refusal(409, `任务已由${t.claimed_by}领取`, 'casework.claimed')
  const c = cases.get(t.case_no)
  if (c.timeline.some((e) => e.actor_name === me.name)) throw new Refusal(403, '您已在本办件的“受理”环节办理过，按不相容岗位要求，须由他人复核', 'casework.four_eyes')
  Object.assign(t, { state: 'CLAIMED', claimed_by: me.name, claimed_by_id: me.user_id })
})
on('POST', '/tasks/:id/release', ({ p }) => void Object.assign(taskOf(p.id), { state: 'OPEN', claimed_by: null, claimed_by_id: null }))
on('POST', '/tasks/:id/actions', ({ p, me, body }) => {
  const t = taskOf(p.id)
  const c = cases.get(t.case_no)
  if (t.state !== 'CLAIMED' || t.claimed_by_id !== me.user_id) throw new Refusal(409, '请先领取任务再办理', 'casework.not_claimed')
  if (body.action !== 'pass' && !body.opinion) throw new Refusal(422, '填写的内容有误，请按提示修改后重新提交', 'casework.opinion', [{ field: 'opinion', message: '请填写办理意见' }])
  t.state = 'DONE'
  t.finished_at = iso()
  t.action_name = WORD[body.action]
  c.timeline.push({ at: iso(), node: t.node_name, action: body.action, action_name: WORD[body.action], actor_name: me.name, organisation: me.organisation?.name, opinion: body.opinion })
  const order = item(c.item_code).nodes.map((n) => n.id)
  const at = order.indexOf(t.node)
  if (body.action === 'pass') {
    if (at === order.length - 1) close(c)
    else {
      c.node = order[at + 1]
      c.state = 'IN_REVIEW'
      if (c.node === 'recheck' && c.item_code === 'SI-YL-001') c.derivation = derivation
      openTask(c)
    }
  } else if (body.action === 'send_back') {
    c.node = order[Math.max(0, at - 1)]
    openTask(c)
  } else if (body.action === 'correct') {
    c.state = 'CORRECTION'
    c.clock.running = false
    c.correction = { items: body.correction_items?.length ? body.correction_items : [body.opinion], deadline: day(14), asked_by: me.name }
  } else if (body.action === 'refuse') c.state = 'REJECTED'
  else if (body.action === 'reject') c.state = 'CLOSED'
  else openTask(c)
  return { case_no: c.case_no, state: c.state, state_name: NAMES[c.state], next: item(c.item_code).nodes.find((n) => n.id === c.node)?.name }
})
on('GET', '/tasks/:id/dispatch', ({ p }) => {
  const t = taskOf(p.id)
  return { rule: 'least_loaded', rule_name: '在办最少者优先', chosen: t.claimed_by_id ?? t.offered_to ?? 'u-clerk', candidates: [{ user: 'u-clerk', name: '王芳', open_tasks: 9, excluded: null }, { user: 'u-2', name: '沈玉兰', open_tasks: 14, excluded: null }, { user: 'u-3', name: '顾晓东', open_tasks: 17, excluded: null }, { user: 'u-review', name: '陈志强', open_tasks: null, excluded: '为本办件初审人，须回避复核' }] }
})
on('GET', '/tasks/:id/colleagues', () => [{ user: 'u-2', name: '沈玉兰' }, { user: 'u-3', name: '顾晓东' }])
const heldBy = (user) => tasks.filter((t) => t.claimed_by_id === user && t.state === 'CLAIMED')
on('GET', '/handover/officers', ({ q }) => page(users.filter((u) => u.kind === 'staff' && (!q.get('query') || u.name.includes(q.get('query')))).map((u) => ({ user: u.user_id, name: u.name, organisation_name: u.organisation?.name, active: true, open_tasks: heldBy(u.user_id).length })), q))
on('GET', '/handover', ({ q }) => ({ moved: heldBy(q.get('user')).length, undispatchable: 0, tasks: heldBy(q.get('user')).map((t) => ({ id: t.id, case_no: t.case_no, node_name: t.node_name, to_user: 'u-2' })) }))
on('POST', '/handover', ({ body }) => {
  const held = heldBy(body.from_user)
  for (const t of held) Object.assign(t, { state: 'OPEN', claimed_by: null, claimed_by_id: null })
  return { moved: held.length, undispatchable: 0, tasks: held.map((t) => ({ id: t.id, case_no: t.case_no, node_name: t.node_name, to_user: body.to_user ?? 'u-2' })) }
})
const proposals = []
on('GET', '/parameters', ({ q }) => page(parameters.filter((r) => (!q.get('query') || (r.key + r.name).includes(q.get('query'))) && (!q.get('on') || !r.to)), q))
on('GET', '/parameters/expiring', () => parameters.filter((r) => r.doc_expiry && r.doc_expiry < '2027-12-31'))
on('GET', '/parameters/proposals', () => proposals.filter((r) => r.status === 'proposed'))
on('GET', '/parameters/:key', ({ p }) => {
  const rows = parameters.filter((r) => r.key === p.key)
  return { key: p.key, name: rows[0].name, unit: rows[0].unit, gaps: null, rows, proposals: proposals.filter((r) => r.key === p.key) }
})
on('POST', '/parameters', ({ body, me }) => {
  const row = { id: randomUUID(), status: 'proposed', proposed_by: me.name, proposed_at: iso(), ...body }
  proposals.push(row)
  return { id: row.id, status: 'proposed' }
})
on('POST', '/parameters/proposals/:id/release', ({ p, me }) => {
  const row = proposals.find((r) => r.id === p.id)
  if (row.proposed_by === me.name) throw new Refusal(403, '本人录入的参数须由他人审定', 'policy.two_persons')
  Object.assign(row, { status: 'released', decided_by: me.name, decided_at: iso() })
})
on('POST', '/parameters/proposals/:id/rejection', ({ p, me, body }) => void Object.assign(proposals.find((r) => r.id === p.id), { status: 'rejected', decided_by: me.name, decided_at: iso(), opinion: body.opinion }))
const text = (n) => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
on('POST', '/policy/retirement', ({ body }) => {
  const [first, step, cap, base] = { M60: [1965 * 12, 4, 36, 720], F55: [1970 * 12, 4, 36, 660], F50: [1975 * 12, 2, 60, 600] }[body.category]
  const [y, m] = body.birth.split('-').map(Number)
  const d = y * 12 + m - 1 - first
  const delay = d < 0 ? 0 : Math.min(Math.floor(d / step) + 1, cap)
  const b = y * 12 + m - 1
  const s = b + base + delay
  const sy = Math.floor(s / 12)
  return { statutory_month: text(s), age: { years: Math.floor((base + delay) / 12), months: (base + delay) % 12 }, delay_months: delay, min_contribution_months: sy < 2030 ? 180 : Math.min(180 + 6 * (sy - 2029), 240), earliest_month: text(Math.max(b + base, s - 36)), latest_month: text(s + 36), derivation: [{ label: '延迟月数', formula: `每${step}个月延迟1个月，最多${cap}个月`, inputs: [{ name: '出生年月', value: body.birth, unit: '' }], parameters: [], rounding: null, result: { value: String(delay), unit: '个月' }, law: '国务院关于渐进式延迟法定退休年龄的办法 第一条' }, { label: '法定退休年龄', formula: '原法定退休年龄 ＋ 延迟月数', inputs: [{ name: '原法定退休年龄', value: String(base / 12), unit: '周岁' }, { name: '延迟月数', value: String(delay), unit: '个月' }], parameters: [], rounding: null, result: { value: `${Math.floor((base + delay) / 12)}岁${(base + delay) % 12 ? `${(base + delay) % 12}个月` : ''}`, unit: '' }, law: '同上 附件' }] }
}, true)
on('POST', '/policy/pension', ({ body }) => ({ basic_fen: 447550, account_fen: 256360, transitional_fen: 110750, total_fen: 814660, derivation, question: body }), true)
on('GET', '/me/insurance', ({ me }) => ({ person: { name: people[me.person_no].name, id_no: '310104********3419' }, enrolments: [['110', '企业职工基本养老保险'], ['210', '失业保险'], ['410', '工伤保险']].map(([code, n]) => ({ insurance: code, insurance_name: n, employer_name: '上海东海精密机械有限公司', from: '1998-03', to: null, status: 'active', status_name: '参保缴费' })).concat([{ insurance: '110', insurance_name: '企业职工基本养老保险', employer_name: '上海第三机床厂', from: '1993-01', to: '1998-02', status: 'ended', status_name: '已停保' }]), months_total: 390 }))
const contributions = Array.from({ length: 120 }, (_, i) => {
  const n = 2026 * 12 + 9 - Math.floor(i / 3)
  const [code, nm, pr, er] = [['110', '企业职工基本养老保险', 8, 16], ['210', '失业保险', 0.5, 0.5], ['410', '工伤保险', 0, 0.256]][i % 3]
  return { month: `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`, insurance: code, insurance_name: nm, base_fen: 1386000, personal_fen: Math.round(13860 * pr), employer_fen: Math.round(13860 * er), employer_name: '上海东海精密机械有限公司', status: 'received', status_name: '已到账' }
})
on('GET', '/me/contributions', ({ q }) => page(contributions.filter((r) => (!q.get('from') || r.month >= q.get('from')) && (!q.get('to') || r.month <= q.get('to')) && (!q.get('insurance') || r.insurance === q.get('insurance'))), q))
on('GET', '/me/account', () => ({ balance_fen: 34248600, years: Array.from({ length: 8 }, (_, i) => ({ year: 2026 - i, contributed_fen: 1330560 - i * 61200, interest_fen: 836100 - i * 71000, balance_fen: 34248600 - i * 2166660 })) }))
on('GET', '/me/pension', () => ({ award: null, payments: [] }))
on('GET', '/people/:no/contributions', ({ q }) => page(contributions, q))
on('GET', '/people/:no/pension', () => ({ award: { case_no: [...cases.keys()][0], retire_month: '2026-12', start_month: '2026-12', basic_fen: 447550, account_fen: 256360, transitional_fen: 110750, total_fen: 814660, provisional: false, payee_account: '**** 5678', awarded_at: iso() }, payments: [], payments_total: 0 }))
const runs = [{ id: randomUUID(), month: '2026-10', done: true, accept_unconfirmed: null, started_at: ago(500), finished_at: ago(499.9), employers: 1214, open: 0, failed: 0, lines_added: 86211, amount_fen: 18873366120, lines_withheld: 37 }]
on('GET', '/levy_runs', ({ q }) => page(runs, q))
on('POST', '/levy_runs', ({ body }) => void runs.unshift({ ...runs[0], id: randomUUID(), month: body.month, done: false, open: 500, finished_at: null }))
on('GET', '/levy_runs/:id/withheld', ({ q }) => page(Array.from({ length: 37 }, (_, i) => ({ employer_no: `E1000${i % 9}`, person_no: `P2000${String(i).padStart(2, '0')}`, insurance: '110', code: 'no_wage', reason: '未申报缴费工资' })), q))
on('POST', '/benefit/payment_runs', ({ body }) => ({ month: body.month, parts_done: 16, payments: 3, amount_fen: 2411280 }))
on('GET', '/archives/:id', ({ p }) => ({ ...archiveRows().find((r) => r.id === p.id), components: [{ seq: 1, kind: 'form', name: '申请表单', sm3: 'ab'.repeat(32), size: 2412, reference: null }, { seq: 2, kind: 'document', name: '参保缴费证明', sm3: 'cd'.repeat(32), size: 84211, reference: null }], checks: [['authentic', '真实性'], ['complete', '完整性'], ['usable', '可用性'], ['safe', '安全性']].map(([check, name]) => ({ check, name, passed: true, detail: '摘要与登记一致' })) }))
on('GET', '/employer/staff', ({ q }) => page(staffOf.filter((s) => !q.get('query') || (s.name + s.person_no).includes(q.get('query'))), q))
on('GET', '/employer/batches/template', ({ res }) => void file(res, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Buffer.from('PK'), 'template.xlsx'))
on('GET', '/employer/batches/:no', ({ p }) => batches.get(p.no) ?? (() => { throw new Refusal(404, '没有找到这个批次') })())
on('GET', '/employer/batches/:no/result', ({ res }) => void file(res, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Buffer.from('PK'), 'result.xlsx'))
on('GET', '/messages', ({ me, q }) => page(messages.filter((m) => m.user === me.user_id && (q.get('unread') !== 'true' || !m.read_at)), q))
on('POST', '/messages/:id/read', ({ p }) => void (messages.find((m) => m.id === p.id).read_at = iso()))
on('GET', '/messages/unread_count', ({ me }) => ({ count: messages.filter((m) => m.user === me.user_id && !m.read_at).length }))
on('GET', '/documents/:id', ({ p, res }) => void (p.id === 'sample.png' ? file(res, 'image/png', png()) : file(res, 'application/pdf', pdf())))
on('GET', '/verification/:code', ({ p }) => {
  const d = documents.get(p.code)
  if (!d) return { valid: false, outcome: 'unknown', reason: '没有查到该验证码对应的文书，请核对验证码', document_name: null, facts: [] }
  return { valid: true, outcome: 'genuine', reason: '文书真实有效，由上海市社会保险事业管理中心出具', issuer: '上海市社会保险事业管理中心', valid_until: day(30), sm3: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', document_name: d.name, number: d.number, issued_at: d.issued_at, holder: `${d.holder[0]}${'*'.repeat(d.holder.length - 1)}`, facts: [{ name: '社保登记地', value: '上海市' }, { name: '证明期间', value: '2025年11月至2026年10月' }, { name: '累计缴费月数', value: '390个月' }] }
}, true)
const archiveRows = () => [...cases.values()].filter((c) => c.state === 'CLOSED').map((c, i) => ({ id: c.case_no, archive_no: `310104-2026-YL-${String(i + 1).padStart(6, '0')}`, case_no: c.case_no, item_code: c.item_code, title: `${c.applicant_name} ${c.item_name}`, category: '养老保险待遇类', link: '待遇核定', retention: 'D100', retention_name: '100年', subject_kind: 'person', subject_name: c.applicant_name, closed_on: day(0), keep_until: '2126-12-31', complete: true, filed_at: iso() }))
on('GET', '/archives', ({ q }) => page(archiveRows(), q))
const grantsOf = (u) => u.grants ?? u.roles.map((r) => ({ role: r.code, role_name: r.name, org: u.organisation?.code ?? '310000', org_name: u.organisation?.name ?? '上海市人力资源和社会保障局' }))
const userRows = () => users.map((u) => ({ id: u.user_id, login: u.login, name: u.name, kind: u.kind, organisation: u.organisation ?? null, employer: u.employer ?? null, status: u.status ?? 'active', must_change_password: false, roles: grantsOf(u), created_at: ago(4000), last_sign_in_at: ago(5) }))
on('GET', '/users', ({ q }) => page(userRows().filter((u) => (!q.get('query') || (u.login + u.name).includes(q.get('query'))) && (!q.get('kind') || u.kind === q.get('kind'))), q))
on('POST', '/users', ({ body }) => {
  const u = { user_id: randomUUID(), roles: [], permissions: [], ...body, organisation: organisations.find((o) => o.code === body.organisation) }
  users.push(u)
  return { id: u.user_id, login: u.login, password: 'Kq7-mistral-2046' }
})
on('GET', '/users/:id', ({ p }) => ({ ...userRows().find((x) => x.id === p.id), locked_until: null }))
on('GET', '/users/:id/sessions', () => [{ id: randomUUID(), channel: 'window', client: '10.31.4.27', opened_at: ago(3), last_seen_at: ago(0.1), current: false }])
on('POST', '/users/:id/password', ({ p }) => ({ id: p.id, login: users.find((u) => u.user_id === p.id).login, password: 'Vz4-harbour-1187' }))
on('PUT', '/users/:id/status', ({ p, body }) => void (users.find((u) => u.user_id === p.id).status = body.status))
on('POST', '/users/:id/unlock', ({ p }) => void (users.find((u) => u.user_id === p.id).status = 'active'))
on('PUT', '/users/:id/roles', ({ p, body }) => void (users.find((u) => u.user_id === p.id).grants = body.roles.map((r) => ({ ...r, role_name: roles.find((x) => x.code === r.role)?.name, org_name: organisations.find((o) => o.code === r.org)?.name }))))
on('DELETE', '/users/:id/sessions', () => undefined)
on('GET', '/organisations', () => organisations)
on('GET', '/roles', () => roles)

function file(res, type, bytes, nameText) {
  res.setHeader('content-type', type)
  res.setHeader('content-security-policy', CSP)
  res.setHeader('x-frame-options', 'DENY')
  if (nameText) res.setHeader('content-disposition', `attachment; filename="${nameText}"`)
  res.end(bytes)
}
const png = () => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAFUlEQVR4nGP8//8/A27AhEduBEsDAKXjAxF9kqZuAAAAAElFTkSuQmCC', 'base64')
const pdf = () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 58>>stream\nBT /F 24 Tf 180 700 Td (Renshe sample document) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')

// ---- server
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2', '.png': 'image/png' }
// The policy of the real server, so that a page that would break there breaks here.
const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function serveStatic(path, res) {
  const desk = path === '/desk' || path.startsWith('/desk/')
  const root = join(apps, desk ? 'desk/dist' : 'hall/dist')
  const rel = normalize(desk ? path.slice(5) || '/' : path)
  const wanted = join(root, rel)
  const found = extname(rel) && wanted.startsWith(root) && existsSync(wanted) ? wanted : join(root, 'index.html')
  if (!existsSync(found)) {
    res.statusCode = 404
    return void res.end('not built')
  }
  res.setHeader('content-type', TYPES[extname(found)] ?? 'application/octet-stream')
  res.setHeader('content-security-policy', CSP)
  res.setHeader('cache-control', found.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  res.end(readFileSync(found))
}

const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://x')
  if (!url.pathname.startsWith('/api/v1/')) return serveStatic(url.pathname, res)
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  const path = url.pathname.slice(7)
  try {
    if (!['GET', 'HEAD'].includes(req.method) && req.headers['x-requested-with'] !== 'renshe') throw new Refusal(403, '缺少请求头 X-Requested-With')
    const token = /renshe_session=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1]
    const user = sessions.get(token)
    for (const route of routes) {
      const match = route.method === req.method && route.re.exec(path)
      if (!match) continue
      if (!route.open && !user) throw new Refusal(401, '您尚未登录，或登录已失效，请重新登录', 'identity.not_signed_in')
      const json = (req.headers['content-type'] ?? '').includes('json') && raw.length > 0
      const answer = route.handler({ req, res, token, me: user && publicMe(user), p: Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)])), q: url.searchParams, body: json ? JSON.parse(raw) : {}, raw })
      if (res.writableEnded) return
      if (answer === undefined) return void res.writeHead(204).end()
      res.setHeader('content-type', 'application/json')
      return void res.end(JSON.stringify(answer))
    }
    throw new Refusal(404, '没有这个接口')
  } catch (error) {
    const status = error.status ?? 500
    if (status === 500) console.error(error)
    res.writeHead(status, { 'content-type': 'application/problem+json' })
    res.end(JSON.stringify({ type: `urn:renshe:problem:${error.code}`, title: { 401: '请先登录', 403: '没有权限', 404: '未找到', 409: '状态已变化', 422: '填写内容有误' }[status] ?? '系统异常', status, detail: status === 500 ? '系统出现异常，已记录' : error.message, code: error.code ?? 'internal', errors: error.errors, request_id: randomUUID() }))
  }
})
const port = Number(process.env.PORT ?? 8099)
server.listen(port, '127.0.0.1', () => console.log(`stand-in server on http://127.0.0.1:${port} — 用户 citizen employer clerk reviewer rechecker admin，密码 demo`))
