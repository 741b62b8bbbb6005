import { guard } from '@renshe/auth'
import { type RouteRecordRaw, type Router, createRouter, createWebHistory } from 'vue-router'
import HomePage from './pages/HomePage.vue'

const PUBLIC = ['citizen', 'employer'] as ('citizen' | 'employer')[]

const routes: RouteRecordRaw[] = [
  { path: '/', component: HomePage, meta: { section: 'home' } },
  { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { title: '登录' } },
  { path: '/items', component: () => import('./pages/ItemListPage.vue'), meta: { title: '办事服务', section: 'items' } },
  { path: '/items/:code', component: () => import('./pages/ItemGuidePage.vue'), props: true, meta: { title: '办事指南', section: 'items' } },
  { path: '/apply/:code', component: () => import('./pages/ApplyPage.vue'), props: true, meta: { title: '在线办理', section: 'items', kinds: PUBLIC } },
  { path: '/drafts', component: () => import('./pages/DraftListPage.vue'), meta: { title: '我的草稿', section: 'cases', kinds: PUBLIC } },
  { path: '/drafts/:id', component: () => import('./pages/DraftPage.vue'), props: true, meta: { title: '填写申请', section: 'cases', kinds: PUBLIC } },
  { path: '/cases', component: () => import('./pages/CaseListPage.vue'), meta: { title: '我的办件', section: 'cases', kinds: PUBLIC } },
  { path: '/cases/:no', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: '办件详情', section: 'cases', kinds: PUBLIC } },
  { path: '/cases/:no/receipt', component: () => import('./pages/ReceiptPage.vue'), props: true, meta: { title: '提交成功', section: 'cases', kinds: PUBLIC } },
  { path: '/messages', component: () => import('./pages/MessagesPage.vue'), meta: { title: '消息', section: 'messages', kinds: PUBLIC } },
  { path: '/insurance', component: () => import('./pages/InsurancePage.vue'), meta: { title: '我的社保', section: 'insurance', kinds: ['citizen'] } },
  { path: '/certificate', component: () => import('./pages/CertificatePage.vue'), meta: { title: '参保缴费证明', section: 'insurance', kinds: ['citizen'] } },
  { path: '/employer/staff', component: () => import('./pages/StaffPage.vue'), meta: { title: '在册职工', section: 'employer', kinds: ['employer'] } },
  { path: '/employer/batch', component: () => import('./pages/BatchPage.vue'), meta: { title: '批量参保登记', section: 'employer', kinds: ['employer'] } },
  { path: '/employer/batch/:no', component: () => import('./pages/BatchResultPage.vue'), props: true, meta: { title: '批量处理结果', section: 'employer', kinds: ['employer'] } },
  { path: '/tools/retirement', component: () => import('./pages/RetirementToolPage.vue'), meta: { title: '退休年龄测算', section: 'tools' } },
  { path: '/tools/pension', component: () => import('./pages/PensionToolPage.vue'), meta: { title: '养老金测算', section: 'tools' } },
  { path: '/verify/:code?', component: () => import('./pages/VerifyPage.vue'), props: true, meta: { title: '文书核验', section: 'tools' } },
  { path: '/account', component: () => import('./pages/AccountPage.vue'), meta: { title: '账号设置', kinds: PUBLIC } },
  { path: '/forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { title: '无法访问' } },
  { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue'), meta: { title: '页面不存在' } },
]

export function createHallRouter(): Router {
  const router = createRouter({
    history: createWebHistory('/'),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
  guard(router, { site: '人社一体化服务平台', signIn: '/sign-in', forbidden: '/forbidden', passwordPage: '/account' })
  return router
}
