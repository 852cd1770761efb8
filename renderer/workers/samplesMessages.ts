import type { Detail } from '../../shared/recording/detail'
import type { Spectrogram } from '../../shared/recording/spectrogram'

/** What is asked of a recording's samples; all times in seconds. */
export type SamplesWish =
  | {
      readonly kind: 'detail'
      readonly from: number
      readonly to: number
      /** Each channel, too. */
      readonly isSplit: boolean
    }
  | {
      readonly kind: 'spectrogram'
      readonly from: number
      readonly to: number
      readonly columns: number
      /** Highest magnitude of the recording, 0–1. */
      readonly loudest: number
    }

/** What the worker is told: first which recording, then wishes, one after another. */
export type SamplesRequest =
  | { readonly kind: 'open'; readonly url: string; readonly size: number }
  | { readonly kind: 'wish'; readonly id: number; readonly wish: SamplesWish }
  | { readonly kind: 'cancel'; readonly id: number }

/** `null`: the samples cannot be read. */
export type SamplesAnswer =
  | { readonly kind: 'detail'; readonly id: number; readonly value: Detail | null }
  | { readonly kind: 'spectrogram'; readonly id: number; readonly value: Spectrogram | null }
