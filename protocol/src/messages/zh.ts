import type { SurveyMessages } from "../survey.ts";

/** Chinese, simplified. */
export const zh: SurveyMessages = {
  region: "简短调查",
  announcement: "出现了一个简短的问题。按 {hotkey} 键前往。",
  close: "关闭",
  send: "发送",
  next: "下一步",
  back: "返回",
  later: "稍后再问",
  never: "不再询问",
  why: "为什么问我这个？",
  whyText: "本产品的团队会根据您的回答决定改进哪些方面。回答完全自愿，我们也很少打扰您。",
  lastAsked: "上次询问您是在{date}。",
  other: "其他",
  thanks: "谢谢！",
  optional: "选填",
  thumbsUp: "有帮助",
  thumbsDown: "没有帮助",
  faces: ["非常差", "差", "一般", "好", "非常好"],
  ofMax: "{value}（满分 {max}）",
};
