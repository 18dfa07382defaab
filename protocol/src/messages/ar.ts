import type { SurveyMessages } from "../survey.ts";

/** Arabic, written from right to left. */
export const ar: SurveyMessages = {
  region: "استطلاع قصير",
  announcement: "ظهر سؤال قصير. اضغط {hotkey} للانتقال إليه.",
  close: "إغلاق",
  send: "إرسال",
  next: "التالي",
  back: "رجوع",
  later: "اسألني لاحقًا",
  never: "لا تسألني مجددًا",
  why: "لماذا أُسأل؟",
  whyText:
    "يستعين الفريق الذي يطوّر هذا المنتج بإجابتك ليقرر ما الذي سيحسّنه. الإجابة اختيارية، ولا نسأل إلا نادرًا.",
  lastAsked: "آخر مرة سألناك فيها: {date}.",
  other: "شيء آخر",
  thanks: "شكرًا لك!",
  optional: "اختياري",
  thumbsUp: "مفيد",
  thumbsDown: "غير مفيد",
  faces: ["سيئ جدًا", "سيئ", "مقبول", "جيد", "جيد جدًا"],
  ofMax: "{value} من {max}",
};
