import { showInvoice } from './billing/invoices.ts'
import { refundInvoice } from './billing/refunds.ts'
import { json } from './http.ts'
import { showClinician } from './referrals/clinicians.ts'
import { writeLetter } from './referrals/letter.ts'
import { reportActivity } from './reports/activity.ts'
import { reportInvoices } from './reports/invoices.ts'
import { reportYears } from './reports/yearly.ts'
import { route } from './router.ts'
import { bookSlot, showSlot } from './routes/appointments.ts'
import { launchCampaign, listCampaigns, showCampaign } from './routes/campaigns.ts'
import { lookUp } from './routes/directory.ts'
import { recordConsents, showPatient } from './routes/patients.ts'
import { listPatients, listPractices, showPractice } from './routes/practices.ts'
import { freeRooms, showWeek } from './routes/rota.ts'

export const routes = [
  route('GET /healthz', ({ res }) => json(res, 200, { ok: true })),
  route('GET /api/practices', listPractices),
  route('GET /api/practices/:id', showPractice),
  route('GET /api/practices/:id/patients', listPatients),
  route('GET /api/practices/:id/week', showWeek),
  route('GET /api/practices/:id/rooms', freeRooms),
  route('GET /api/patients/:id', showPatient),
  route('POST /api/patients/consents', recordConsents),
  route('GET /api/campaigns', listCampaigns),
  route('POST /api/campaigns/launch', launchCampaign),
  route('GET /api/campaigns/:id', showCampaign),
  route('GET /api/appointments/:id', showSlot),
  route('POST /api/appointments/book', bookSlot),
  route('GET /api/billing/invoices/:id', showInvoice),
  route('POST /api/billing/refund', refundInvoice),
  route('GET /api/directory/:number', lookUp),
  route('GET /api/reports/activity', reportActivity),
  route('GET /api/reports/invoices', reportInvoices),
  route('GET /api/reports/yearly', reportYears),
  route('GET /api/clinicians/:id', showClinician),
  route('GET /api/referrals/:id/letter', writeLetter),
]
