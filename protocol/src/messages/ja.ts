import type { SurveyMessages } from "../survey.ts";

/** Japanese. */
export const ja: SurveyMessages = {
  region: "簡単なアンケート",
  announcement: "短い質問が表示されました。{hotkey} キーで移動できます。",
  close: "閉じる",
  send: "送信",
  next: "次へ",
  back: "戻る",
  later: "後で回答する",
  never: "今後表示しない",
  why: "この質問が表示される理由",
  whyText:
    "この製品のチームが、いただいた回答をもとに改善点を決めます。回答は任意で、お尋ねするのはごくまれです。",
  lastAsked: "前回お尋ねしたのは{date}です。",
  other: "その他",
  thanks: "ありがとうございました。",
  optional: "任意",
  thumbsUp: "役に立った",
  thumbsDown: "役に立たなかった",
  faces: ["とても悪い", "悪い", "普通", "良い", "とても良い"],
  ofMax: "{max} 段階中 {value}",
};
