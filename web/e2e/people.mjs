// Who plays which part. The demonstration names its accounts by post; the stand-in server has one of each.
import { credentials } from './browser.mjs'

const PARTS = {
  citizen: ['wujianguo', 'citizen'],
  employer: ['qianjingban', 'employer'],
  clerks: ['shouli1', 'shouli2', 'clerk'],
  reviewers: ['chushen1', 'chushen2', 'reviewer'],
  recheckers: ['fuhe1', 'fuhe2', 'rechecker'],
  heads: ['shenpi1'],
  grantors: ['anquan1'],
  accounts: ['xitong1', 'admin'],
  policy: ['canshu1', 'admin'],
  files: ['dangan1', 'admin'],
  money: ['caiwu1', 'admin'],
}

/** All accounts that play a part, in order. */
export function playing(part) {
  const known = new Map(credentials().map((one) => [one.login, one]))
  const found = PARTS[part].map((login) => known.get(login)).filter(Boolean)
  if (found.length === 0) throw new Error(`the credentials file names nobody for ${part}`)
  return found
}
