// Mints a second through JSON-RPC: the same signed bytes to every node, in turns, by the same client.
// usage: node bench.mjs ROUNDS MINTS OURS_URL ANVIL_URL ANVIL_ONE_SECOND_URL
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { ethers } from 'ethers';
import solc from 'solc';

const [rounds, mints] = process.argv.slice(2, 4).map(Number);
const [ours, anvil, anvilSlow] = process.argv.slice(4).map(node);
const SENDERS = 4;
const registrar = new ethers.Wallet(ethers.id('benchmark'));

function node(url) {
  const { hostname, port } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const post = (body) => new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method: 'POST', path: '/', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => { try { resolve(JSON.parse(Buffer.concat(parts))); } catch (e) { reject(e); } });
    });
    request.on('error', reject);
    request.end(body);
  });
  let id = 0;
  const call = (method, params) => ({ jsonrpc: '2.0', id: ++id, method, params });
  const result = (answer) => { if (answer.error) throw new Error(`${url}: ${answer.error.message}`); return answer.result; };
  return {
    rpc: async (method, ...params) => result(await post(JSON.stringify(call(method, params)))),
    batch: async (method, list) => (await post(JSON.stringify(list.map((p) => call(method, [p]))))).map(result),
  };
}

const receipt = async (n, hash) => {
  for (;;) {
    const r = await n.rpc('eth_getTransactionReceipt', hash);
    if (r) return r;
    await new Promise((f) => setTimeout(f, 2));
  }
};

function compile() {
  const require = createRequire(import.meta.url);
  const input = {
    language: 'Solidity', sources: { 'Credit.sol': { content: fs.readFileSync(new URL('Credit.sol', import.meta.url), 'utf8') } },
    settings: { evmVersion: 'shanghai', optimizer: { enabled: true, runs: 1000 }, outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  };
  const out = JSON.parse(solc.compile(JSON.stringify(input), { import: (p) => ({ contents: fs.readFileSync(require.resolve(p), 'utf8') }) }));
  for (const e of out.errors ?? []) if (e.severity === 'error') throw new Error(e.formattedMessage);
  const { abi, evm } = out.contracts['Credit.sol'].Credit;
  return { iface: new ethers.Interface(abi), code: `0x${evm.bytecode.object}` };
}

const { iface, code } = compile();
const chainId = BigInt(await ours.rpc('eth_chainId'));
const sign = (wallet, nonce, to, data, gasLimit) => wallet.signTransaction({ type: 0, chainId, gasPrice: 0n, value: 0n, to, data, gasLimit, nonce });
const contract = ethers.getCreateAddress({ from: registrar.address, nonce: 0 });

/** The contract on every node, and for each comparison minters of its own: only the nodes it compares see their mints. */
const groups = Array.from({ length: 3 }, (_, g) => Array.from({ length: SENDERS }, (_, i) => ({ wallet: new ethers.Wallet(ethers.id(`benchmark ${g} ${i}`)), nonce: 0 })));
const setUp = [await sign(registrar, 0, null, code, 5_000_000n)];
for (const { wallet } of groups.flat()) setUp.push(await sign(registrar, setUp.length, contract, iface.encodeFunctionData('grantRole', [ethers.id('MINTER'), wallet.address]), 200_000n));
for (const n of [ours, anvil, anvilSlow]) for (const hash of await n.batch('eth_sendRawTransaction', setUp)) if ((await receipt(n, hash)).status !== '0x1') throw new Error('the contract cannot be set up');

let serial = 0;
async function signed(senders, count) {
  const raws = [];
  for (let k = 0; k < count; k++, serial++) {
    const s = senders[k % SENDERS];
    raws.push(await sign(s.wallet, s.nonce++, contract, iface.encodeFunctionData('mint', [s.wallet.address, 1000 + (serial % 512), 1 + k, ethers.zeroPadValue(ethers.toBeHex(serial + 1), 32)]), 160_000n));
  }
  return raws;
}

/** Four senders, each sends its next when the one before is answered. */
const oneByOne = async (n, raws) => {
  const hashes = [];
  await Promise.all(groups[0].map(async (_, s) => { for (let k = s; k < raws.length; k += SENDERS) hashes[k] = await n.rpc('eth_sendRawTransaction', raws[k]); }));
  return hashes;
};
/** Four senders, each sends its next when the one before is in a block. */
const toReceipt = async (n, raws) => {
  const hashes = [];
  await Promise.all(groups[0].map(async (_, s) => { for (let k = s; k < raws.length; k += SENDERS) { hashes[k] = await n.rpc('eth_sendRawTransaction', raws[k]); await receipt(n, hashes[k]); } }));
  return hashes;
};
/** One connection, 100 a batch. */
const batched = async (n, raws) => {
  const hashes = [];
  for (let k = 0; k < raws.length; k += 100) hashes.push(...await n.batch('eth_sendRawTransaction', raws.slice(k, k + 100)));
  return hashes;
};

/** Mints a second, from the first send until the last mint of every sender is in a block; every receipt is looked at afterwards. */
async function run(n, raws, way) {
  const start = performance.now();
  const hashes = await way(n, raws);
  for (const hash of hashes.slice(-SENDERS)) await receipt(n, hash);
  const rate = raws.length / ((performance.now() - start) / 1000);
  for (let k = 0; k < hashes.length; k += 100) for (const r of await n.batch('eth_getTransactionReceipt', hashes.slice(k, k + 100))) if (r?.status !== '0x1') throw new Error(`a mint failed: ${JSON.stringify(r)}`);
  return rate;
}

const text = (list, decimals) => {
  const s = [...list].sort((a, b) => a - b);
  const median = (s[(s.length - 1) >> 1] + s[s.length >> 1]) / 2;
  const f = (x) => x.toFixed(decimals).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
  return { median, text: `${f(median)} [${f(s[0])}, ${f(s.at(-1))}]` };
};
async function compare(name, senders, way, peer, count, aim) {
  const own = [], other = [], ratio = [];
  for (let round = -1; round < rounds; round++) {
    const raws = await signed(senders, count);
    const order = round % 2 === 0 ? [ours, peer] : [peer, ours];
    const rates = new Map();
    for (const n of order) rates.set(n, await run(n, raws, way));
    if (round < 0) continue; // warms both up
    own.push(rates.get(ours)); other.push(rates.get(peer)); ratio.push(rates.get(ours) / rates.get(peer));
  }
  const r = text(ratio, 2);
  console.log(`| ${name} | ${text(own, 0).text} | ${text(other, 0).text} | ${r.text} | ${aim ? `≥ ${aim.toFixed(1)}` : ''} | ${aim ? (r.median >= aim ? 'yes' : '**no**') : ''} |`);
}

await compare('Mints/s (ERC-1155) through JSON-RPC: 4 senders, one by one; peer: anvil, automatic mining, in memory', groups[0], oneByOne, anvil, mints, 1);
await compare('the same: 100 a batch, one connection; peer: anvil, a block a second, in memory', groups[1], batched, anvilSlow, mints * 4, 1);
await compare('the same: 4 senders, each waits for its receipt (ours: forced to disk); peer: anvil, automatic mining, in memory', groups[2], toReceipt, anvil, mints / 2, 0);
process.exit(0);
