import { Pencil } from 'lucide-react'
import { Button } from 'react-aria-components'
import { transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import type { AlikeSpeakers, Speaker } from '../../shared/transcript/transcript'
import { runCommand } from '../commands/run'
import { goToTurn, renameEverywhere } from '../commands/turn'
import { useMessages } from '../state/messages'
import { Rows } from '../ui/Rows'
import { speakerColour } from '../ui/speakerColours'

/** Who speaks, in every spelling, and who may be the same person. */
export function SpeakersPanel({ session }: { session: Session }) {
  const words = useMessages().panels
  const { speakers, turns, alike } = transcriptOf(session)
  if (speakers.length === 0) return <p className="panel-empty">{words.noSpeakers}</p>
  const goToFirst = (speaker: number) => {
    const turn = turns.find((entry) => entry.speaker === speaker)
    if (turn) goToTurn(turn.index)
  }
  return (
    <>
      <Rows
        count={speakers.length}
        likelyHeight={58}
        rowAt={(index) => {
          const speaker = speakers[index] as Speaker
          return (
            <div className="item">
              <span className="speaker-dot" style={{ background: speakerColour(index) }} />
              <Button className="quiet" onPress={() => goToFirst(index)}>
                <b>{speaker.name}</b>
              </Button>
              <Button
                className="quiet"
                aria-label={`${words.rename}: ${speaker.name}`}
                onPress={() => runCommand('turn.renameSpeaker', index)}
              >
                <Pencil size={13} />
              </Button>
              <small>
                {words.turns(speaker.turns)}
                {speaker.labels.length > 1 &&
                  ` · ${speaker.labels.map(({ text, turns: count }) => `${text} (${count})`).join(', ')}`}
              </small>
            </div>
          )
        }}
      />
      {alike.length > 0 && <h3 className="panel-empty">{words.alike}</h3>}
      <Rows
        count={alike.length}
        likelyHeight={88}
        rowAt={(row) => {
          const { first, second } = alike[row] as AlikeSpeakers
          const names = [speakers[first]?.name ?? '', speakers[second]?.name ?? ''] as const
          return (
            <div className="item-card">
              <div className="item">
                <span />
                <span>{names.join(' · ')}</span>
              </div>
              <div className="item-actions">
                {names.map((name, index) => (
                  <Button
                    key={name}
                    className="chip"
                    aria-label={`${words.samePerson}: ${name}`}
                    onPress={() => renameEverywhere(index === 0 ? second : first, name)}
                  >
                    = {name}
                  </Button>
                ))}
              </div>
            </div>
          )
        }}
      />
    </>
  )
}
