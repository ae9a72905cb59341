import Link from 'next/link'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

export interface InboxNotice {
  key: string
  at: Date
  title: string
  body: string
  link: string
}

/** Only addresses of our own pages become links; `//host` and `/\host` would leave the site. */
export const isOurs = (link: string): boolean => /^\/[a-z0-9][a-z0-9/-]*$/i.test(link)

/** What Nightshift told people, newest first. */
export function Inbox({ notices, zone }: { notices: InboxNotice[]; zone: string }) {
  return (
    <section aria-labelledby="inbox" className="mt-16">
      <h2 id="inbox" className="label">
        Inbox
      </h2>
      {notices.length === 0 ? (
        <p className="mt-3 text-soft">No notices yet. What ends, or needs you, is told here.</p>
      ) : null}
      <ul className="mt-3 max-w-3xl divide-y divide-line">
        {notices.map((notice) => (
          <li key={notice.key} className="grid gap-x-6 py-3 sm:grid-cols-[9rem_1fr]">
            <span className="text-soft tabular-nums">
              <When at={notice.at} zone={zone} />
            </span>
            <span>
              {isOurs(notice.link) ? (
                <Link prefetch={false} href={notice.link} className="link">
                  <Untrusted text={notice.title} />
                </Link>
              ) : (
                <Untrusted text={notice.title} />
              )}
              <span className="block text-soft">
                <Untrusted text={notice.body} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
