// Permission codes as the server declares them; hiding a page is comfort, the server decides.
export const MAY = {
  act: 'casework.task.act',
  readCases: 'casework.case.read',
  handover: 'casework.handover',
  readItems: 'item.read',
  manageItems: 'item.manage',
  readPolicy: 'policy.read',
  managePolicy: 'policy.manage',
  approvePolicy: 'policy.approve',
  readUsers: 'access.user.read',
  manageUsers: 'access.user.manage',
  grantRoles: 'access.role.grant',
  readArchive: 'archive.read',
  levyRun: 'contribution.run',
  payRun: 'benefit.run',
  readContributions: 'contribution.read',
  readBenefits: 'benefit.read',
} as const

/** The first page this person may open: an administrator has no work queue. */
export function homeOf(can: (permission: string) => boolean): string {
  if (can(MAY.act)) return '/'
  if (can(MAY.readUsers)) return '/admin/users'
  if (can(MAY.manageItems)) return '/admin/items'
  if (can(MAY.readPolicy)) return '/admin/parameters'
  if (can(MAY.readCases)) return '/cases'
  return '/account'
}
