import { turnAtTime } from '../../shared/session/queries'
import { currentTime, onTime, playbackStore } from './playback'
import { sessionStore } from './session'
import { settledOf } from './settled'

/** Keeps `playbackStore.currentTurn` true to the time; subscribers hear of it only when another turn starts.
 *  @returns a function that ends it */
export function trackCurrentTurn(): () => void {
  const track = () => {
    const { state } = sessionStore.getState()
    const turn = state ? turnAtTime(settledOf(state), currentTime()) : null
    if (turn !== playbackStore.getState().currentTurn) playbackStore.setState({ currentTurn: turn })
  }
  const ends = [onTime(track), sessionStore.subscribe(track)]
  return () => {
    for (const end of ends) end()
  }
}
