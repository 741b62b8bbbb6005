// Items, people, organisations and figures for the stand-in server. All persons and firms are invented.

const P = (fields) => ({ title: '申请人信息', fields })
const name = { key: 'name', label: '姓名', type: 'text', required: true, readonly: true, max_length: 50 }
const idNo = { key: 'id_no', label: '身份证号码', type: 'id_number', required: true, readonly: true, sensitive: true }
const mobile = { key: 'mobile', label: '手机号码', type: 'mobile', required: true, sensitive: true, hint: '用于接收办理进度通知' }
const INS = [
  { code: '110', name: '企业职工基本养老保险' },
  { code: '210', name: '失业保险' },
  { code: '410', name: '工伤保险' },
]

export const items = [
  {
    code: 'SI-YL-001', version: 1, name: '职工正常退休申请', short_name: '退休申请', domain: '社会保险', module: '养老待遇', kind: 'promised',
    audience: ['employer', 'person'], promised_text: '10个工作日', statutory_text: '20个工作日', visits: 0, online: true, status: 'published',
    summary: '参加企业职工基本养老保险的人员达到法定退休年龄且符合最低缴费年限的，由用人单位或本人申请按月领取基本养老金。',
    conditions: ['达到法定退休年龄，或符合弹性提前退休条件', '企业职工基本养老保险累计缴费年限达到最低缴费年限（2030年前为15年）', '用人单位为其缴纳的社会保险费已结清'],
    basis: [{ law: '社会保险经办条例', article: '第十八条' }, { law: '全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定', article: null }, { law: '实施弹性退休制度暂行办法（人社部发〔2024〕94号）', article: null }],
    limits: { reception: { days: 5, unit: 'working' }, statutory: { days: 20, unit: 'working', basis: '社会保险经办条例 第十八条' }, promised: { days: 10, unit: 'working' }, correction: { days: 10, unit: 'working' } },
    form: [
      P([name, idNo, mobile]),
      {
        title: '退休信息',
        fields: [
          { key: 'retire_kind', label: '退休类别', type: 'choice', required: true, options: [{ code: 'normal', name: '正常退休' }, { code: 'early', name: '弹性提前退休' }, { code: 'late', name: '弹性延迟退休到期' }] },
          { key: 'post_kind', label: '岗位性质', type: 'choice', required: true, options: [{ code: 'worker', name: '工人岗位' }, { code: 'manager', name: '管理或专业技术岗位' }] },
          { key: 'statutory_month', label: '法定退休年月', type: 'month', readonly: true },
          { key: 'chosen_month', label: '选定退休年月', type: 'month', required: true, hint: '弹性提前不超过36个月，且不早于原法定退休年龄' },
          { key: 'notice_date', label: '书面告知单位日期', type: 'date', required: true, hint: '应早于选定退休时间3个月', show_when: { field: 'retire_kind', in: ['early'] } },
          { key: 'first_work_date', label: '参加工作时间', type: 'date', required: true },
          { key: 'total_months', label: '累计缴费月数', type: 'integer', readonly: true, unit: '个月' },
        ],
      },
      {
        title: '养老金领取账户',
        fields: [
          { key: 'account_kind', label: '领取方式', type: 'choice', required: true, options: [{ code: 'card', name: '社会保障卡账户' }, { code: 'bank', name: '其他银行账户' }] },
          { key: 'bank_name', label: '开户银行', type: 'code', required: true, options: ['中国工商银行', '中国农业银行', '中国银行', '中国建设银行', '交通银行', '中国邮政储蓄银行', '上海银行', '上海农商银行', '招商银行', '浦发银行', '中信银行', '光大银行', '民生银行', '兴业银行', '平安银行', '华夏银行', '广发银行'].map((n, i) => ({ code: String(102 + i), name: n })), show_when: { field: 'account_kind', in: ['bank'] } },
          { key: 'bank_account', label: '银行账号', type: 'bank_account', required: true, sensitive: true, show_when: { field: 'account_kind', in: ['bank'] } },
          { key: 'remark', label: '其他说明', type: 'textarea', max_length: 200 },
        ],
      },
    ],
    materials: [
      { code: 'M01', name: '居民身份证', required: true, source: 'licence' },
      { code: 'M12', name: '人事档案', required: true, source: 'upload', accept: ['pdf', 'jpg', 'png'], max_mb: 10, note: '档案首页、工作经历页及视同缴费依据页' },
      { code: 'M05', name: '退休申请表（本人签字）', required: false, source: 'upload', accept: ['pdf', 'jpg', 'png'], max_mb: 10 },
    ],
    nodes: [
      { id: 'accept', name: '受理', role: 'R02', role_name: '综合柜员', share_text: '1个工作日' },
      { id: 'review', name: '初审', role: 'R03', role_name: '初审岗', share_text: '5个工作日' },
      { id: 'recheck', name: '复核', role: 'R04', role_name: '复核岗', share_text: '4个工作日' },
    ],
    result_name: '基本养老金核定表', process_id: 'two-level-review',
  },
  {
    code: 'SI-CB-028', version: 1, name: '参保缴费证明打印（个人）', short_name: '参保缴费证明', domain: '社会保险', module: '参保登记', kind: 'instant',
    audience: ['person'], promised_text: '即时办结', statutory_text: null, visits: 0, online: true, status: 'published',
    summary: '在线打印本人社会保险参保缴费证明，加盖电子印章，用证单位可凭验证码在线核验。',
    conditions: ['本人已完成实名认证', '在本市有社会保险参保记录'], basis: [{ law: '社会保险经办条例', article: '第三十二条' }], limits: {},
    form: [
      P([name, idNo]),
      {
        title: '证明内容',
        fields: [
          { key: 'insurance_types', label: '险种', type: 'multi_choice', required: true, options: INS },
          { key: 'from_month', label: '起始年月', type: 'month', required: true },
          { key: 'to_month', label: '截止年月', type: 'month', required: true },
          { key: 'detail_level', label: '证明类型', type: 'choice', required: true, options: [{ code: 'summary', name: '汇总' }, { code: 'detail', name: '明细' }, { code: 'status', name: '在保状态' }] },
          { key: 'purpose', label: '用途', type: 'choice', required: true, options: ['落户', '购房', '贷款', '招投标', '出国', '其他'].map((n, i) => ({ code: ['hukou', 'house', 'loan', 'tender', 'abroad', 'other'][i], name: n })) },
          { key: 'purpose_text', label: '其他用途说明', type: 'text', required: true, max_length: 50, show_when: { field: 'purpose', in: ['other'] } },
          { key: 'receiver', label: '使用单位', type: 'text', max_length: 60, hint: '将印在证明上' },
        ],
      },
    ],
    materials: [], nodes: [{ id: 'sys', name: '系统校验并办结', role: 'R19', role_name: '系统', share_text: '即时' }], result_name: '参保缴费证明', process_id: 'instant',
  },
  {
    code: 'SI-CB-010', version: 1, name: '职工参保登记（单位新增人员）', short_name: '职工参保登记', domain: '社会保险', module: '参保登记', kind: 'instant',
    audience: ['employer'], promised_text: '即时办结', statutory_text: '10个工作日', visits: 0, online: true, status: 'published',
    summary: '用人单位为新录用职工办理社会保险参保登记，同步完成用工登记。',
    conditions: ['单位参保状态正常', '职工未在其他单位参加企业职工基本养老保险'], basis: [{ law: '社会保险经办条例', article: '第六条' }, { law: '中华人民共和国社会保险法', article: '第五十八条' }],
    limits: { statutory: { days: 10, unit: 'working', basis: '社会保险经办条例 第六条' } },
    form: [
      { title: '职工信息', fields: [{ ...name, readonly: false }, { ...idNo, readonly: false }, { ...mobile, required: false }, { key: 'hukou', label: '户籍性质', type: 'code', required: true, options: [{ code: '11', name: '本地城镇' }, { code: '12', name: '外地城镇' }, { code: '21', name: '本地农村' }, { code: '22', name: '外地农村' }, { code: '31', name: '香港' }, { code: '32', name: '澳门' }, { code: '33', name: '台湾' }] }, { key: 'education', label: '文化程度', type: 'code', options: ['博士研究生', '硕士研究生', '大学本科', '大学专科', '中等专科', '普通中学', '初级中学'].map((n, i) => ({ code: ['11', '14', '21', '31', '41', '61', '71'][i], name: n })) }] },
      { title: '用工与参保', fields: [{ key: 'hire_date', label: '用工起始日期', type: 'date', required: true }, { key: 'contract_type', label: '劳动合同类型', type: 'choice', required: true, options: [{ code: '1', name: '固定期限' }, { code: '2', name: '无固定期限' }, { code: '3', name: '以完成一定工作任务为期限' }] }, { key: 'contract_end', label: '合同终止日期', type: 'date', required: true, show_when: { field: 'contract_type', in: ['1'] } }, { key: 'start_month', label: '参保起始月', type: 'month', required: true, hint: '应为本月或次月' }, { key: 'wage', label: '月缴费工资', type: 'money', required: true, min: 1, hint: '超出缴费基数上下限的，按上下限核定' }, { key: 'ins_types', label: '参保险种', type: 'multi_choice', required: true, options: INS }, { key: 'add_reason', label: '增员原因', type: 'code', required: true, options: ['新参加工作', '本市单位调入', '外省市转入', '失业再就业', '退役安置', '灵活转单位', '补登记', '其他'].map((n, i) => ({ code: ['01', '02', '03', '04', '05', '07', '08', '99'][i], name: n })) }] },
    ],
    materials: [], nodes: [{ id: 'sys', name: '系统校验并办结', role: 'R19', role_name: '系统', share_text: '即时' }], result_name: '参保登记回执', process_id: 'instant',
  },
  {
    code: 'SI-CB-011', version: 1, name: '职工参保批量登记（导入）', short_name: '批量参保', domain: '社会保险', module: '参保登记', kind: 'batch',
    audience: ['employer'], promised_text: '1个工作日', statutory_text: '10个工作日', visits: 0, online: true, status: 'published',
    summary: '用人单位下载模板填写增员花名册并上传，系统逐行校验，合格人员直接参保，不合格的逐行说明原因。',
    conditions: ['单位参保状态正常', '单次不超过5,000人'], basis: [{ law: '社会保险经办条例', article: '第六条' }], limits: { promised: { days: 1, unit: 'working' } },
    form: [{ title: '批次信息', fields: [{ key: 'contact', label: '联系人', type: 'text', required: true, max_length: 20 }, { key: 'contact_mobile', label: '联系手机', type: 'mobile', required: true }] }],
    materials: [{ code: 'ROSTER', name: '增员花名册', required: true, source: 'upload', accept: ['xlsx', 'csv'], max_mb: 5 }],
    nodes: [{ id: 'check', name: '逐行校验', role: 'R19', role_name: '系统', share_text: '即时' }, { id: 'sample', name: '受理抽查', role: 'R02', role_name: '综合柜员', share_text: '0.5个工作日' }, { id: 'load', name: '批处理入库', role: 'R19', role_name: '系统', share_text: '即时' }],
    result_name: '批量处理结果单', process_id: 'batch',
  },
  {
    code: 'SI-CB-023', version: 1, name: '个人关键信息变更', short_name: '关键信息变更', domain: '社会保险', module: '参保登记', kind: 'promised',
    audience: ['person', 'employer'], promised_text: '5个工作日', statutory_text: '10个工作日', visits: 0, online: true, status: 'published',
    summary: '变更姓名、证件号码、出生日期、性别等关键信息，办结后同步更新参保、待遇和社会保障卡信息。',
    conditions: ['变更依据真实有效', '正在领取养老金的，出生日期变更须按档案认定办理'], basis: [{ law: '社会保险经办条例', article: '第十条' }],
    limits: { statutory: { days: 10, unit: 'working', basis: '社会保险经办条例 第十条' }, promised: { days: 5, unit: 'working' }, correction: { days: 10, unit: 'working' } },
    form: [
      P([name, idNo]),
      { title: '变更内容', fields: [{ key: 'change_items', label: '变更项', type: 'multi_choice', required: true, options: [{ code: 'name', name: '姓名' }, { code: 'id_no', name: '证件号码' }, { code: 'birth', name: '出生日期' }, { code: 'sex', name: '性别' }] }, { key: 'new_name', label: '变更后姓名', type: 'text', required: true, max_length: 50, show_when: { field: 'change_items', in: ['name'] } }, { key: 'new_id_no', label: '变更后证件号码', type: 'id_number', required: true, show_when: { field: 'change_items', in: ['id_no'] } }, { key: 'new_birth', label: '变更后出生日期', type: 'date', required: true, show_when: { field: 'change_items', in: ['birth'] } }, { key: 'basis', label: '变更依据', type: 'choice', required: true, options: ['户籍更正', '证件升位', '更名', '录入错误', '档案认定'].map((n, i) => ({ code: String(i + 1), name: n })) }, { key: 'basis_date', label: '依据日期', type: 'date', required: true }] },
    ],
    materials: [{ code: 'M01', name: '居民身份证', required: true, source: 'licence' }, { code: 'M03', name: '户籍变更证明', required: true, source: 'upload', accept: ['pdf', 'jpg', 'png'], max_mb: 10 }],
    nodes: [{ id: 'accept', name: '受理', role: 'R02', role_name: '综合柜员', share_text: '0.5个工作日' }, { id: 'review', name: '初审', role: 'R03', role_name: '初审岗', share_text: '2.5个工作日' }, { id: 'recheck', name: '复核', role: 'R04', role_name: '复核岗', share_text: '2个工作日' }],
    result_name: '关键信息变更确认单', process_id: 'two-level-review',
  },
]

const staffPermissions = ['casework.task.act', 'casework.case.read', 'item.read', 'policy.read', 'archive.read', 'casework.handover', 'enrolment.read', 'contribution.read', 'benefit.read']
const adminPermissions = ['item.read', 'item.manage', 'access.user.read', 'access.user.manage', 'access.role.grant', 'policy.read', 'policy.manage', 'policy.approve', 'archive.read', 'casework.handover', 'casework.case.read', 'contribution.run', 'benefit.run']
const org = { code: '310104-01', name: '徐汇区社会保险分中心' }
export const users = [
  { user_id: 'u-zhang', login: 'citizen', name: '张建国', kind: 'citizen', person_no: 'P100001', roles: [{ code: 'R01', name: '申请人' }], permissions: [] },
  { user_id: 'u-hr', login: 'employer', name: '李敏', kind: 'employer', employer: { employer_no: 'E100001', name: '上海东海精密机械有限公司' }, roles: [{ code: 'R01', name: '单位经办人' }], permissions: [] },
  { user_id: 'u-clerk', login: 'clerk', name: '王芳', kind: 'staff', organisation: org, roles: [{ code: 'R02', name: '综合柜员' }], permissions: staffPermissions },
  { user_id: 'u-review', login: 'reviewer', name: '陈志强', kind: 'staff', organisation: org, roles: [{ code: 'R03', name: '初审岗' }], permissions: staffPermissions },
  { user_id: 'u-recheck', login: 'rechecker', name: '刘静', kind: 'staff', organisation: org, roles: [{ code: 'R04', name: '复核岗' }], permissions: staffPermissions },
  { user_id: 'u-admin', login: 'admin', name: '赵明', kind: 'staff', organisation: { code: '310000', name: '上海市人力资源和社会保障局' }, roles: [{ code: 'R21', name: '参数/事项管理员' }, { code: 'R27', name: '系统管理员' }], permissions: adminPermissions },
]

export const organisations = [
  { code: '310000', name: '上海市人力资源和社会保障局', level: 'city', parent: null, path: '310000' },
  { code: '310000-01', name: '市社会保险事业管理中心', level: 'city', parent: '310000', path: '310000/310000-01' },
  ...[['310101', '黄浦区'], ['310104', '徐汇区'], ['310105', '长宁区'], ['310106', '静安区'], ['310107', '普陀区'], ['310109', '虹口区'], ['310110', '杨浦区'], ['310112', '闵行区'], ['310113', '宝山区'], ['310115', '浦东新区']].flatMap(([code, n]) => [
    { code, name: `${n}人力资源和社会保障局`, level: 'district', parent: '310000', path: `310000/${code}` },
    { code: `${code}-01`, name: `${n}社会保险分中心`, level: 'district', parent: code, path: `310000/${code}/${code}-01` },
  ]),
  { code: '310104-11', name: '徐家汇街道社区事务受理服务中心', level: 'community', parent: '310104', path: '310000/310104/310104-11' },
  { code: '310104-12', name: '漕河泾街道社区事务受理服务中心', level: 'community', parent: '310104', path: '310000/310104/310104-12' },
]

export const roles = [
  ['R02', '综合柜员（受理岗）', ['R04']], ['R03', '初审岗', ['R04', 'R05']], ['R04', '复核岗', ['R02', 'R03']], ['R05', '审批岗', []], ['R07', '财务审核岗', ['R08']], ['R08', '出纳/拨付岗', ['R07']], ['R09', '档案岗', []], ['R20', '电子监察员', []], ['R21', '参数/事项管理员', []], ['R27', '系统管理员', ['R28', 'R29']], ['R28', '安全管理员', ['R27', 'R29']], ['R29', '审计管理员', ['R27', 'R28']],
].map(([code, n, excludes]) => ({ code, name: n, excludes, levels: ['city', 'district'], grantable: true, permissions: [{ code: 'casework.task.act', name: '办理任务' }, { code: 'casework.case.view', name: '查看办件' }] }))

export const parameters = [
  ['pension.base', '养老金计发基数', '12434', '元/月', '2024-01', '2024-12', '沪人社养〔2024〕', '2029-12-31', '职工基本养老保险'],
  ['pension.base', '养老金计发基数', '12434', '元/月', '2025-01', null, '沪人社养〔2025〕', '2030-12-31', '职工基本养老保险'],
  ['contribution.wage.upper', '缴费工资基数上限', '37302', '元/月', '2025-07', '2026-06', '沪人社基〔2025〕', '2027-06-30', '社会保险缴费'],
  ['contribution.wage.lower', '缴费工资基数下限', '7460', '元/月', '2025-07', '2026-06', '沪人社基〔2025〕', '2027-06-30', '社会保险缴费'],
  ['contribution.pension.employer', '养老保险单位缴费比例', '16', '%', '2019-05', null, '沪府规〔2019〕', null, '社会保险法 第十二条'],
  ['contribution.pension.personal', '养老保险个人缴费比例', '8', '%', '2005-01', null, '国发〔2005〕38号', null, '社会保险法 第十二条'],
  ['pension.account.interest', '个人账户记账利率', '2.62', '%', '2024-01', '2024-12', '人社厅函〔2025〕', null, '国发〔2005〕38号'],
  ['pension.divisor.60', '个人账户养老金计发月数（60岁）', '139', '个月', '2006-01', null, '国发〔2005〕38号', null, '附件'],
  ['retirement.min_months', '最低缴费年限', '180', '个月', '2011-07', '2029-12', '渐进式延迟法定退休年龄的决定', null, '第二条'],
].map(([key, n, value, unit, from, to, doc_no, doc_expiry, basis], i) => ({ id: `p${i}`, key, name: n, region: '310000', value, unit, from, to, doc_no, doc_expiry, basis, status: 'confirmed' }))

const step = (label, formula, inputs, parameters, rounding, value, unit, law) => ({ label, formula, inputs: inputs.map(([name, v, u]) => ({ name, value: v, unit: u })), parameters: parameters.map(([key, name, v, u, from, doc_no, status]) => ({ key, name, region: '310000', value: v, unit: u, from, doc_no, basis: '', status: status ?? 'confirmed' })), rounding, result: { value, unit }, law })
export const derivation = [
  step('平均缴费工资指数', '各年缴费指数之和 ÷ 缴费年数', [['各年缴费指数之和', '39.4875', ''], ['缴费年数', '32.5', '年']], [], 'four_decimals_half_up', '1.2150', '', '国发〔2005〕38号 第六条'),
  step('基础养老金', '（计发基数 ＋ 计发基数 × 平均缴费工资指数）÷ 2 × 累计缴费年限 × 1%', [['平均缴费工资指数', '1.2150', ''], ['累计缴费年限', '32.5', '年']], [['pension.base', '养老金计发基数', '12434.00', '元', '2025-01-01', '沪人社养〔2025〕']], 'fen_half_up_then_jiao_up', '4475.50', '元/月', '国发〔2005〕38号 第六条'),
  step('个人账户养老金', '个人账户储存额 ÷ 计发月数', [['个人账户储存额', '342486.00', '元']], [['pension.divisor', '个人账户养老金计发月数', '60岁8个月：133.6', '个月', '2006-01-01', '国发〔2005〕38号']], 'fen_half_up_then_jiao_up', '2563.60', '元/月', '国发〔2005〕38号 附件'),
  step('过渡性养老金', '按本市过渡性养老金办法计算', [['1992年底前连续工龄', '89', '个月']], [['pension.transitional.rate', '过渡系数', '1.0', '%', '2011-07-01', null, 'unconfirmed']], 'fen_half_up_then_jiao_up', '1107.50', '元/月', null),
  step('基本养老金', '基础养老金 ＋ 个人账户养老金 ＋ 过渡性养老金', [['基础养老金', '4475.50', '元'], ['个人账户养老金', '2563.60', '元'], ['过渡性养老金', '1107.50', '元']], [], 'exact', '8146.60', '元/月', '中华人民共和国社会保险法 第十五条'),
]
