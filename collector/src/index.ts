/** What a program that embeds the collector needs. The command line is `telltale`. */

export { type AppDeps, createApp } from "./app.ts";
export { type Config, ConfigError, parseConfig } from "./config.ts";
export { type RunningCollector, serve } from "./serve.ts";
