import '@renshe/ui/styles/tokens.css'
import '@renshe/ui/styles/base.css'
import './desk.css'
import { startPrefs } from '@renshe/ui'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createDeskRouter } from './router.ts'

startPrefs()
createApp(App).use(createPinia()).use(createDeskRouter()).mount('#app')
