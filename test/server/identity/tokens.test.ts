import { createHmac } from "node:crypto";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import request from "supertest";
import { beforeAll, describe, expect, it } from "vitest";
import { createDemoIssuer } from "../../../server/identity/demo-issuer.ts";
import { PERSONAS, type PersonaName } from "../../../server/identity/personas.ts";
import { createTokenVerifier, type TokenRules, type TokenVerifier } from "../../../server/identity/verify-token.ts";
import { createEdgeApp, NOW, type EdgeApp } from "../api/edge-app.ts";

const SECONDS = Date.parse(NOW) / 1000;

let rules: TokenRules;
let verify: TokenVerifier;
let sign: (claims?: object, header?: object) => Promise<string>;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256" };
  rules = { issuer: "urn:us", audience: "orderloom", algorithms: ["ES256"], type: "at+jwt", rolesClaim: "roles", regionsClaim: "regions", keys: createLocalJWKSet({ keys: [jwk] }) };
  verify = createTokenVerifier(rules, () => NOW);
  sign = (claims = {}, header = {}) =>
    new SignJWT({ iss: "urn:us", aud: "orderloom", sub: "ann", exp: SECONDS + 600, roles: ["support"], regions: ["ID"], ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "k1", typ: "at+jwt", ...header })
      .sign(privateKey);
});

describe("a bearer token", () => {
  it("names the actor", async () => {
    expect(await verify(await sign())).toEqual({ id: "ann", roles: ["support"], regions: ["ID"] });
  });

  it.each<[string, object, object]>([
    ["95 wrong issuer", { iss: "urn:them" }, {}],
    ["95 wrong audience", { aud: "billing" }, {}],
    ["95 wrong type: an ID token", {}, { typ: "JWT" }],
    ["95 expired", { exp: SECONDS - 120 }, {}],
    ["95 not yet valid", { nbf: SECONDS + 600 }, {}],
    ["95 a kid that walks paths", {}, { kid: "../../etc/passwd" }],
    ["95 no subject", { sub: undefined }, {}],
    ["95 no end", { exp: undefined }, {}],
  ])("%s", async (_title, claims, header) => {
    await expect(verify(await sign(claims, header))).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("95 alg none, and HS256 with the public key", async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const payload = encode({ iss: "urn:us", aud: "orderloom", sub: "ann", exp: SECONDS + 600, roles: ["admin"] });
    const none = `${encode({ alg: "none", typ: "at+jwt" })}.${payload}.`;
    const head = `${encode({ alg: "HS256", typ: "at+jwt", kid: "k1" })}.${payload}`;
    const hmac = `${head}.${createHmac("sha256", "public key").update(head).digest("base64url")}`;
    await expect(verify(none)).rejects.toMatchObject({ code: "token-invalid" });
    await expect(verify(hmac)).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("95 a key of the token's own", async () => {
    const own = await generateKeyPair("ES256");
    const jwk = await exportJWK(own.publicKey);
    const token = await new SignJWT({ iss: "urn:us", aud: "orderloom", sub: "ann", exp: SECONDS + 600, roles: ["admin"] })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "k1", jwk, jku: "https://evil.example/jwks" })
      .sign(own.privateKey);
    await expect(verify(token)).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("96 roles that are no list give no rights; 64 kB are not read", async () => {
    expect(await verify(await sign({ roles: "admin", regions: { ID: true } }))).toEqual({ id: "ann", roles: [], regions: [] });
    await expect(verify("x".repeat(64 * 1024))).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("is forgotten when it expires", async () => {
    let now = NOW;
    const verifyLater = createTokenVerifier(rules, () => now);
    const token = await sign({ exp: SECONDS + 30 });
    await verifyLater(token);
    now = new Date(Date.parse(NOW) + 120_000).toISOString();
    await expect(verifyLater(token)).rejects.toMatchObject({ code: "token-invalid" });
  });
});

describe("the demo issuer", () => {
  let edge: EdgeApp;
  beforeAll(async () => {
    edge = await createEdgeApp();
  });

  it.each(Object.keys(PERSONAS) as PersonaName[])("makes a token for %s that the usual code verifies", async (persona) => {
    const { status, body } = await request(edge.app).post("/demo/token").send({ persona });
    expect(status).toBe(200);
    const answer = await request(edge.app).get("/api/orders").set("Authorization", `Bearer ${(body as { token: string }).token}`);
    expect(answer.status).toBe(200);
  });

  it("refuses whoever is no persona", async () => {
    for (const persona of ["root", "constructor", 7, null]) {
      expect((await request(edge.app).post("/demo/token").send({ persona })).status).toBe(400);
    }
  });

  it("has another key and name at every start", async () => {
    const [one, two] = [await createDemoIssuer(() => NOW, () => "1"), await createDemoIssuer(() => NOW, () => "2")];
    const { token } = await one.issue("admin");
    expect(one.rules.issuer).not.toBe(two.rules.issuer);
    await expect(createTokenVerifier({ ...two.rules, issuer: one.rules.issuer }, () => NOW)(token)).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("is not there outside the demo, and nobody acts without a token", async () => {
    const { app } = await createEdgeApp({ demo: null });
    expect((await request(app).post("/demo/token").send({ persona: "admin" })).status).toBe(404);
    for (const path of ["/api/orders", "/tmf-api/productOrderingManagement/v4/productOrder", "/api/releases"]) {
      const { status, body, headers } = await request(app).get(path);
      expect({ status, code: (body as { code: string }).code, challenge: headers["www-authenticate"] }).toEqual({ status: 401, code: "token-missing", challenge: "Bearer" });
    }
  });

  it("reads without a token as operator, writes not at all", async () => {
    expect((await request(edge.app).get("/api/orders")).status).toBe(200);
    expect((await request(edge.app).post("/api/orders/x/events").send({ event: "x" })).status).toBe(401);
  });
});
