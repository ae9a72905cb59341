import { createHmac, randomUUID } from 'node:crypto'

export interface Delivery {
  id: string
  event: string
  body: string
  signature: string
  /** What the receiver answered; null: not sent yet, or nobody answered. */
  status: number | null
}

/** Webhooks as GitHub sends them: signed, once, not again by themselves, and in no promised order. */
export class Hooks {
  readonly deliveries: Delivery[] = []
  /** Keeps deliveries back until `release`. */
  held = false
  private target: { url: string; secret: string } | null = null
  private readonly sending: Promise<unknown>[] = []

  subscribe(url: string, secret: string): void {
    this.target = { url, secret }
  }

  tell(event: string, payload: object): void {
    if (!this.target) return
    const body = JSON.stringify({ action: event, installation: { id: 100 }, ...payload })
    const signature = signed(this.target.secret, body)
    const delivery: Delivery = { id: randomUUID(), event: 'pull_request', body, signature, status: null }
    this.deliveries.push(delivery)
    if (!this.held) this.sending.push(this.send(delivery))
  }

  /** Sends one again, under the id it had. */
  async send(delivery: Delivery): Promise<void> {
    const { url } = this.target!
    const response = await fetch(url, {
      method: 'POST',
      body: delivery.body,
      signal: AbortSignal.timeout(10_000),
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': 'GitHub-Hookshot/emulated' },
        ...{ 'x-github-event': delivery.event, 'x-github-delivery': delivery.id, 'x-github-hook-id': '1' },
        'x-hub-signature-256': delivery.signature,
      },
    }).catch(() => null)
    delivery.status = response?.status ?? null
  }

  /** Sends what was held back, the newest first. */
  async release(): Promise<void> {
    this.held = false
    for (const delivery of this.deliveries.filter(({ status }) => status === null).reverse()) await this.send(delivery)
  }

  settled = async (): Promise<void> => void (await Promise.all(this.sending))
}

export const signed = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
