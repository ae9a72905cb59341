import { type SettingField, settingAt } from '@/lib/domain/settingText.ts'
import { Fact, Facts } from './section.tsx'
import { settingGroups } from './settingWords.ts'
import { Untrusted } from './untrusted.tsx'

interface Props {
  fields: readonly SettingField[]
  settings: object
}

/** For those who may look and not change. */
export function SettingsShown({ fields: all, settings }: Props) {
  return (
    <>
      <p className="text-soft">Only an owner changes these.</p>
      <Facts>
        {settingGroups(all).flatMap(({ fields }) =>
          fields.map(({ key, name }) => (
            <Fact key={key} name={name}>
              <Untrusted text={settingAt(settings, key) || '–'} />
            </Fact>
          )),
        )}
      </Facts>
    </>
  )
}
