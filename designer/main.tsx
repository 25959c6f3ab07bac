import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import "./look/tokens.css";
import "@mantine/core/styles.css";
import "./look/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html must hold the element #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
