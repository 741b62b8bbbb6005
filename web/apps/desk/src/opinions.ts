// Wordings that officers use again and again, offered as a start and always editable.
export const OPINIONS: Record<string, string[]> = {
  send_back: ['材料与填报内容不一致，请核实后重新提交。', '计算依据需补充说明，退回重新审核。'],
  correct: ['材料不清晰或不齐全，请按补正通知一次补齐。'],
  refuse: ['不符合受理条件，不予受理。', '不属于本机构管辖，不予受理，请向有管辖权的经办机构申请。'],
  reject: ['经审核，不符合办理条件，不予通过。'],
  escalate: ['涉及提级审批情形，转报上级审批。'],
  suspend: ['需外部核查，启动特别程序，核查期间不计入办理时限。'],
  resume: ['核查已完成，恢复办理。'],
  terminate: ['申请人死亡或申请事由消失，终止办理。'],
  transfer: ['因工作安排，转由其他人员办理。'],
  add_sign: ['请协助审核并出具意见。'],
}

/** What is usually written when passing, by the kind of node. */
export function passOpinions(node: string): string[] {
  if (/受理/.test(node)) return ['材料齐全，符合受理条件，同意受理。']
  if (/复核|审批|确认/.test(node)) return ['经复核，材料、年限和计算结果无误，同意。', '同意初审意见。']
  return ['经审核，申请内容与系统记录、档案材料一致，同意。', '符合办理条件，同意，报复核。']
}

export const CORRECTIONS = ['身份证明影像不清晰，请重新上传正反面', '人事档案缺少首次核档页，请补充', '缺少申请人签字的业务申请表', '银行账户户名与申请人不一致，请更正', '户籍变更证明未加盖户籍专用章，请重新提供']

/** How an action looks and what it asks for. */
export const TONE: Record<string, 'primary' | 'danger' | 'plain'> = { pass: 'primary', resume: 'primary', refuse: 'danger', reject: 'danger', terminate: 'danger' }

export const CONSEQUENCE: Record<string, string> = {
  pass: '办件将进入下一环节；最后一个环节通过后即核定生效并出具结果文书。',
  send_back: '办件退回上一岗，由原经办人继续办理。',
  correct: '将一次性告知申请人需补正的全部内容，补正期间停止计时。',
  refuse: '办件不予受理，申请人将收到不予受理通知和救济途径告知。',
  reject: '不利于申请人的决定须经复核确认后生效。',
  escalate: '办件将增加上级审批环节。',
  suspend: '停止计时，直至恢复办理。',
  resume: '恢复计时。',
  terminate: '办件终止，不再办理。',
  transfer: '任务转给所选人员。',
  add_sign: '所选人员出具意见后，任务回到您手中。',
}
