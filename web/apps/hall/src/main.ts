import '@renshe/ui/styles/tokens.css'
import '@renshe/ui/styles/base.css'
import './hall.css'
import { startPrefs } from '@renshe/ui'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createHallRouter } from './router.ts'

startPrefs()
createApp(App).use(createPinia()).use(createHallRouter()).mount('#app')
