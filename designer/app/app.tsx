import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { openSession } from "../api/session.ts";
import { router } from "./router.tsx";
import { styleNonce } from "./style-nonce.ts";
import { mantineTheme, useTheme } from "./theme.ts";

/** What the server says is not asked again within this span. */
const FRESH_MS = 5_000;

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_MS, retry: false, refetchOnWindowFocus: true } } });

/** The application: who asks, what was read, how it looks, and where one is. */
export function App() {
  const scheme = useTheme(({ scheme }) => scheme);
  const [ready, setReady] = useState(false);
  useEffect(() => void openSession().finally(() => setReady(true)), []);
  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={scheme} getStyleNonce={styleNonce}>
      <QueryClientProvider client={queries}>{ready ? <RouterProvider router={router} /> : null}</QueryClientProvider>
    </MantineProvider>
  );
}
