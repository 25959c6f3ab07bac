import { expose } from "comlink";
import { LanguageService } from "./language-service.ts";

expose(new LanguageService());
