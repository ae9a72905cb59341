import type { NotifySettings } from '@/lib/domain/notifySettings.ts'
import { notifyInWords } from '@/lib/domain/notifyWords.ts'
import { Lines } from './fixChapter.tsx'
import { Fact, Facts, Section } from './section.tsx'

/** How a project's people are told, in words. */
export function NotifyNow({ notify, zone }: { notify: NotifySettings; zone: string }) {
  return (
    <Section id="notices" title="How you are told">
      <p className="text-soft">Whatever stands here, the inbox of the control room gets everything at once.</p>
      <Facts>
        {notifyInWords(notify, zone).map(([name, words]) => (
          <Fact key={name} name={name}>
            <Lines lines={words} />
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
