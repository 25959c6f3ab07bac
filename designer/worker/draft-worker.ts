import { expose } from "comlink";
import { DraftService } from "./draft-service.ts";

expose(new DraftService());
