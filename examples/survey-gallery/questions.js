/** Texts of the questions; a language that is not here gets the English ones. */
const texts = {
  en: {
    faces: "How satisfied are you with the new export?",
    stars: "How do you rate the report builder?",
    ces: "Setting up the import was easy.",
    nps: "How likely are you to recommend us to a colleague?",
    thumbs: "Was this summary helpful?",
    choice: "What brought you here today?",
    choices: "Which of these do you use every week?",
    text: "What is the one thing we should improve?",
    link: "Would you like to talk to the people who build this?",
    thanks: "Thank you. We read every answer.",
    hint: "A word or two is enough",
    book: "Pick a time",
    low: "Not at all",
    high: "Completely",
    options: [
      "Building a report",
      "Sharing results with my team",
      "Fixing a number that looks wrong",
    ],
  },
  ar: {
    faces: "ما مدى رضاك عن التصدير الجديد؟",
    stars: "كيف تقيّم أداة إنشاء التقارير؟",
    ces: "كان إعداد الاستيراد سهلًا.",
    nps: "ما احتمال أن توصي بنا لزميل؟",
    thumbs: "هل كان هذا الملخص مفيدًا؟",
    choice: "ما الذي جاء بك إلى هنا اليوم؟",
    choices: "أيًّا من هذه تستخدم كل أسبوع؟",
    text: "ما الشيء الوحيد الذي ينبغي أن نحسّنه؟",
    link: "هل تود التحدث إلى من يبنون هذا المنتج؟",
    thanks: "شكرًا لك. نقرأ كل إجابة.",
    hint: "تكفي كلمة أو كلمتان",
    book: "اختر موعدًا",
    low: "إطلاقًا",
    high: "تمامًا",
    options: ["إنشاء تقرير", "مشاركة النتائج مع فريقي", "تصحيح رقم يبدو خاطئًا"],
  },
};

/** The states that the gallery shows, by name: a step, and what is done to it. */
export const STATES = [
  { name: "Faces", kind: "faces" },
  { name: "Faces, why opened", kind: "faces", act: "why" },
  { name: "Stars", kind: "stars" },
  { name: "Effort, seven numbers", kind: "ces" },
  { name: "NPS", kind: "nps", isWide: true },
  { name: "Thumbs beside an element", kind: "thumbs", anchor: "#anchor" },
  { name: "One choice", kind: "choice" },
  { name: "One choice, other", kind: "choice", act: "other" },
  { name: "Several choices", kind: "choices", act: "check" },
  { name: "Text", kind: "text" },
  { name: "Follow-up, with a way back", kind: "faces", act: "answer" },
  { name: "Link", kind: "link" },
  { name: "Thanks, which go by themselves", kind: "thanks" },
  { name: "Feedback button", kind: "button" },
  { name: "Phone", kind: "nps", isPhone: true },
];

/** The steps of a survey that begins with a kind of question. */
export function stepsOf(kind, locale) {
  const t = texts[locale] ?? texts.en;
  const step = { id: kind, prompt: t[kind] };
  const ends = { lowLabel: t.low, highLabel: t.high };
  const rating = { ...step, kind: "rating", measure: "csat", scale: 5 };
  const options = t.options.map((label) => ({ value: label, label }));
  const text = {
    id: "text",
    kind: "text",
    prompt: t.text,
    placeholder: t.hint,
    isOptional: true,
    maxLength: 2000,
  };
  const first = {
    faces: { ...rating, display: "faces" },
    stars: { ...rating, display: "stars" },
    ces: { ...rating, measure: "ces", display: "numbers", scale: 7, ...ends },
    nps: { ...step, kind: "nps", ...ends },
    thumbs: { ...step, kind: "thumbs" },
    choice: { ...step, kind: "choice", options, isMultiple: false, hasOther: true },
    choices: { ...step, kind: "choice", options, isMultiple: true, hasOther: true },
    link: { ...step, kind: "link", href: "https://example.com/", label: t.book },
    button: { ...rating, prompt: t.faces, display: "faces" },
  }[kind];
  const thanks = { id: "thanks", kind: "thanks", prompt: t.thanks };
  if (kind === "thanks") return [thanks];
  return kind === "text" ? [text, thanks] : [first, text, thanks];
}
