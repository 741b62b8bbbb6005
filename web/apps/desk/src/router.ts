import { guard, useSession } from '@renshe/auth'
import { type RouteRecordRaw, type Router, createRouter, createWebHistory } from 'vue-router'
import QueuePage from './pages/QueuePage.vue'
import { MAY, homeOf } from './permissions.ts'

const kinds: ['staff'] = ['staff']

const routes: RouteRecordRaw[] = [
  { path: '/', component: QueuePage, meta: { title: '待办工作', section: 'queue', kinds, needs: [MAY.act] } },
  { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { title: '登录', bare: true } },
  { path: '/cases', component: () => import('./pages/CasesPage.vue'), meta: { title: '办件查询', section: 'cases', kinds, needs: [MAY.readCases] } },
  { path: '/cases/:no', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: '办件', section: 'queue', kinds } },
  { path: '/handover', component: () => import('./pages/HandoverPage.vue'), meta: { title: '工作移交', section: 'handover', kinds, needs: [MAY.handover] } },
  { path: '/archives', component: () => import('./pages/ArchivesPage.vue'), meta: { title: '档案', section: 'archives', kinds, needs: [MAY.readArchive] } },
  { path: '/people/:person?', component: () => import('./pages/PersonPage.vue'), props: true, meta: { title: '参保人查询', section: 'people', kinds, needs: [MAY.readContributions, MAY.readBenefits] } },
  { path: '/runs', component: () => import('./pages/RunsPage.vue'), meta: { title: '征缴与发放', section: 'runs', kinds, needs: [MAY.levyRun, MAY.payRun] } },
  { path: '/admin/items', component: () => import('./pages/admin/ItemsPage.vue'), meta: { title: '事项管理', section: 'items', kinds, needs: [MAY.readItems, MAY.manageItems] } },
  { path: '/admin/items/:code', component: () => import('./pages/admin/ItemPage.vue'), props: true, meta: { title: '事项', section: 'items', kinds, needs: [MAY.readItems, MAY.manageItems] } },
  { path: '/admin/users', component: () => import('./pages/admin/UsersPage.vue'), meta: { title: '用户管理', section: 'users', kinds, needs: [MAY.readUsers] } },
  { path: '/admin/users/:id', component: () => import('./pages/admin/UserPage.vue'), props: true, meta: { title: '用户', section: 'users', kinds, needs: [MAY.readUsers] } },
  { path: '/admin/organisations', component: () => import('./pages/admin/OrganisationsPage.vue'), meta: { title: '机构', section: 'organisations', kinds, needs: [MAY.readUsers] } },
  { path: '/admin/parameters', component: () => import('./pages/admin/ParametersPage.vue'), meta: { title: '政策参数', section: 'parameters', kinds, needs: [MAY.readPolicy, MAY.managePolicy] } },
  { path: '/account', component: () => import('./pages/AccountPage.vue'), meta: { title: '修改密码', kinds } },
  { path: '/forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { title: '没有权限' } },
  { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue'), meta: { title: '页面不存在' } },
]

export function createDeskRouter(): Router {
  const router = createRouter({ history: createWebHistory('/desk/'), routes, scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }) })
  router.beforeEach(async (to) => {
    const session = useSession()
    await session.load()
    if (to.path === '/' && session.kind === 'staff' && !session.can(MAY.act)) return homeOf(session.can)
    return true
  })
  guard(router, { site: '经办工作台', signIn: '/sign-in', forbidden: '/forbidden', passwordPage: '/account' })
  return router
}
