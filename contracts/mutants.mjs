// Breaks the contracts one line at a time and shows that the tests notice: npm run mutants [-- WORD…], only mutants whose file or name has one of
// the words. A mutant is caught when a test fails; one that does not compile, or whose line is not found, is an error of this list. Takes about
// ten seconds each on an idle machine, so ./verify leaves it out.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const mutants = [
  // file, what is wrong then, the text, what stands there instead ('' takes it out)
  ['AnchorRegistry', 'anyone anchors', ' onlyRole(ANCHOR_ROLE)', ''],
  ['AnchorRegistry', 'a key anchors again', '_use(address(0), key);', ''],
  ['AnchorRegistry', 'root 0 is a batch', 'root == 0 || leaves == 0', 'leaves == 0'],
  ['AnchorRegistry', 'no leaves are a batch', 'root == 0 || leaves == 0', 'root == 0'],
  ['AnchorRegistry', 'a root is anchored again', 'if (_leaves[root] != 0) revert RootAlreadyAnchored(root);', ''],
  ['AnchorRegistry', 'the deployer is admin too', '_grantRole(DEFAULT_ADMIN_ROLE, admin);', '_grantRole(DEFAULT_ADMIN_ROLE, admin); _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);'],
  ['BusinessKeys', 'used keys are not asked for', 'if (_used[scope][key]) revert BusinessKeyUsed(key);', ''],
  ['BusinessKeys', 'used keys are not kept', '_used[scope][key] = true;', '_used[scope][key] = false;'],
  ['BusinessKeys', 'one scope for all holders', /_used\[scope\]/g, '_used[scope == address(0) ? scope : address(1)]'],
  ['CarbonCredits', 'anyone issues', ' onlyRole(ISSUER_ROLE)', ''],
  ['CarbonCredits', 'a key issues again', '_use(address(0), key);', ''],
  ['CarbonCredits', 'issues no tonnes', 'issuance.tonnes == 0 || ', ''],
  ['CarbonCredits', 'issues too many tonnes', ' || issuance.tonnes > MAX_TONNES', ''],
  ['CarbonCredits', 'refuses the most tonnes', 'issuance.tonnes > MAX_TONNES', 'issuance.tonnes >= MAX_TONNES'],
  ['CarbonCredits', 'issues on evidence never anchored', 'if (anchors.leavesOf(issuance.evidence) == 0) revert EvidenceNotAnchored(issuance.evidence);', ''],
  ['CarbonCredits', 'evidence earns again, not asked for', 'if (_evidenceUsed[issuance.evidence]) revert EvidenceUsed(issuance.evidence);', ''],
  ['CarbonCredits', 'evidence earns again, not kept', '_evidenceUsed[issuance.evidence] = true;', ''],
  ['CarbonCredits', 'hours are not claimed', /_claimed\[.*\]\.claim\(.*\);/, ''],
  ['CarbonCredits', 'hours are claimed by project', '_claimed[keccak256(bytes(issuance.sourceId))]', '_claimed[keccak256(bytes(issuance.projectId))]'],
  ['CarbonCredits', 'issued tonnes are not counted', '_issued[tokenId] = issuance.tonnes;', ''],
  ['CarbonCredits', 'the event names serial 0', '            1,\n            issuance.tonnes\n', '            0,\n            issuance.tonnes\n'],
  ['CarbonCredits', 'a key transfers again', /_use\(msg.sender, key\);(\n.*TonnesWrong.*\n *emit)/, '$1'],
  ['CarbonCredits', 'keys of holders are shared', /_use\(msg.sender, key\);(\n.*TonnesWrong.*\n *emit)/, '_use(address(0), key);$1'],
  ['CarbonCredits', 'transfers nothing', /if \(tonnes == 0\) revert TonnesWrong\(tonnes\);(\n *emit)/, '$1'],
  ['CarbonCredits', 'a key retires again', /_use\(msg.sender, key\);(\n.*TonnesWrong.*\n *_burn)/, '$1'],
  ['CarbonCredits', 'retires nothing', /if \(tonnes == 0\) revert TonnesWrong\(tonnes\);(\n *_burn)/, '$1'],
  ['CarbonCredits', 'the retired stay in the balance', '_burn(msg.sender, tokenId, tonnes);', ''],
  ['CarbonCredits', 'retired tonnes are not counted', '_retired[tokenId] += tonnes;', ''],
  ['CarbonCredits', 'retires the oldest serials, broken or not', '.takeBlock(tonnes)', '.take(tonnes)[0]'],
  ['CarbonCredits', 'anyone pauses', ' onlyRole(PAUSER_ROLE) {\n        _pause', ' {\n        _pause'],
  ['CarbonCredits', 'anyone unpauses', ' onlyRole(PAUSER_ROLE) {\n        _unpause', ' {\n        _unpause'],
  ['CarbonCredits', 'the issuer pauses', 'onlyRole(PAUSER_ROLE) {\n        _pause', 'onlyRole(ISSUER_ROLE) {\n        _pause'],
  ['CarbonCredits', 'credits move while paused', ' internal override whenNotPaused {', ' internal override {'],
  ['CarbonCredits', 'serials do not move', /if \(values\[i\] != 0\) _moveSerials.*/, ''],
  ['CarbonCredits', 'a batch moves the first serials only', 'i < ids.length', 'i < 1'],
  ['CarbonCredits', 'a batch moves the serials of one token', '_moveSerials(from, to, ids[i], values[i])', '_moveSerials(from, to, ids[0], values[i])'],
  ['CarbonCredits', 'a retirement moves serials to nobody', 'if (to == address(0)) return;', ''],
  ['CarbonCredits', 'serials start at 0', 'SerialRanges.Range(1, uint128(tonnes))', 'SerialRanges.Range(0, uint128(tonnes - 1))'],
  ['CarbonCredits', 'serials go back to the sender', '_serials[tokenId][to].append(moved[i])', '_serials[tokenId][from].append(moved[i])'],
  ['CarbonCredits', 'moved serials are not told', 'emit SerialsMoved(tokenId, from, to, moved[i].first, moved[i].last);', ''],
  ['ClaimedHours', 'a period without hours is one', 'toHour <= fromHour', 'toHour < fromHour'],
  ['ClaimedHours', 'a period may be too long', ' || toHour - fromHour > MAX_HOURS', ''],
  ['ClaimedHours', 'the longest period is refused', 'toHour - fromHour > MAX_HOURS', 'toHour - fromHour >= MAX_HOURS'],
  ['ClaimedHours', 'hours have no bound', ' || toHour > type(uint64).max', ''],
  ['ClaimedHours', 'the first hour is forgotten', 'mask = type(uint256).max << (hour & 255)', 'mask = type(uint256).max << ((hour & 255) + 1)'],
  ['ClaimedHours', 'the hour before is claimed too', 'mask = type(uint256).max << (hour & 255)', 'mask = type(uint256).max << ((hour & 255) / 2)'],
  ['ClaimedHours', 'the last hour is forgotten', '>> (wordEnd - toHour)', '>> (wordEnd - toHour + 1)'],
  ['ClaimedHours', 'the word is claimed to its end', 'if (toHour < wordEnd) mask', 'if (toHour > wordEnd) mask'],
  ['ClaimedHours', 'only a full overlap is one', 'if (word & mask != 0)', 'if (word & mask == mask)'],
  ['ClaimedHours', 'claims overwrite the word', '= word | mask', '= mask'],
  ['ClaimedHours', 'every second word is left out', 'hour = (hour | 255) + 1)', 'hour = (hour | 511) + 1)'],
  ['ClaimedHours', 'the wrong hour is named', '| _lowest(word & mask)', '| _lowest(word)'],
  ['SerialRanges', 'ranges are not merged', 'uint256(youngest.last) + 1 == range.first', 'false'],
  ['SerialRanges', 'any two ranges are merged', 'uint256(youngest.last) + 1 == range.first', 'youngest.last < range.first'],
  ['SerialRanges', 'merged with what has left', 'if (tail > queue.head)', 'if (tail > 0)'],
  ['SerialRanges', 'a split keeps a serial moved', 'queue.item[head + whole].first = uint128(lastTaken + 1)', 'queue.item[head + whole].first = uint128(lastTaken)'],
  ['SerialRanges', 'a split loses a serial', 'queue.item[head + whole].first = uint128(lastTaken + 1)', 'queue.item[head + whole].first = uint128(lastTaken + 2)'],
  ['SerialRanges', 'a split moves the wrong end', 'taken[whole].last = uint128(lastTaken);', 'taken[whole].first = uint128(taken[whole].first + excess);'],
  ['SerialRanges', 'a move may touch any number of ranges', 'touched == MAX_MOVED || ', ''],
  ['SerialRanges', 'a move touches a range less than it may', 'touched == MAX_MOVED', 'touched + 1 == MAX_MOVED'],
  ['SerialRanges', 'a range used up stays', 'uint256 whole = excess == 0 ? touched : touched - 1;', 'uint256 whole = touched - 1;'],
  ['SerialRanges', 'a block may be a serial short', 'if (length < tonnes) continue;', 'if (length + 1 < tonnes) continue;'],
  ['SerialRanges', 'a block must leave something', 'if (length < tonnes) continue;', 'if (length <= tonnes) continue;'],
  ['SerialRanges', 'the oldest range is lost with a block', 'if (i != head) queue.item[i] = queue.item[head];', ''],
  ['SerialRanges', 'a block has a serial too many', 'taken.first + tonnes - 1', 'taken.first + tonnes'],
  ['SerialRanges', 'a serial of the block stays', 'queue.item[i].first = taken.last + 1', 'queue.item[i].first = taken.last'],
  ['SerialRanges', 'all ranges are searched', 'if (end - head > MAX_SEARCHED) end = head + MAX_SEARCHED;', ''],
  ['SerialRanges', 'a range less is searched', 'end = head + MAX_SEARCHED;', 'end = head + MAX_SEARCHED - 1;'],
  ['SerialRanges', 'the wrong largest block is named', 'if (length > largest) largest = length;', 'largest = length;'],
  ['Settlement', 'anyone settles', /\n *onlyRole\(OPERATOR_ROLE\)/, ''],
  ['Settlement', 'a sale within a sale', /\n *nonReentrant/, ''],
  ['Settlement', 'a key settles again', '_use(address(0), key);', ''],
  ['Settlement', 'keys of operators are their own', '_use(address(0), key);', '_use(msg.sender, key);'],
  ['Settlement', 'a sale to oneself', 'if (seller == buyer) revert SelfSale(seller);', ''],
  ['Settlement', 'a sale of nothing', 'if (tonnes == 0) revert NothingToSettle(key);', ''],
  ['Settlement', 'credits for nothing', 'cash.safeTransferFrom(buyer, seller, priceMinor);', ''],
  ['Settlement', 'cash for nothing', 'credits.safeTransferFrom(seller, buyer, tokenId, tonnes, "");', ''],
  ['Settlement', 'the cash stays here', 'cash.safeTransferFrom(buyer, seller,', 'cash.safeTransferFrom(buyer, address(this),'],
  ['Settlement', 'a cent is lost', '(buyer, seller, priceMinor)', '(buyer, seller, priceMinor == 0 ? 0 : priceMinor - 1)'],
  ['Settlement', 'credits before cash', /(cash\.safe.*)\n( *)(credits\.safe.*)/, '$3\n$2$1'],
  ['SettlementCash', 'anyone deposits', ' onlyRole(TREASURY_ROLE)', ''],
  ['SettlementCash', 'a key deposits again', '_use(address(0), key);', ''],
  ['SettlementCash', 'a deposit of nothing', 'if (minor == 0) revert NothingToDeposit(account);', ''],
  ['SettlementCash', 'the treasury gets the deposit', '_mint(account, minor)', '_mint(msg.sender, minor)'],
  ['SettlementCash', 'a deposit is not told', 'emit CashDeposited(key, account, minor);', ''],
  ['SettlementCash', 'counted as ether is', 'return 2;', 'return 18;'],
];

const words = process.argv.slice(2).map((w) => w.toLowerCase());
const chosen = mutants.filter(([file, name]) => words.length === 0 || words.some((w) => `${file} ${name}`.toLowerCase().includes(w)));
const copy = mkdtempSync(join(tmpdir(), 'carbomt-mutants-'));
for (const name of ['src', 'test', 'foundry.toml', 'solc-native', 'compile.mjs', 'package.json']) cpSync(join(here, name), join(copy, name), { recursive: true });
symlinkSync(join(here, 'node_modules'), join(copy, 'node_modules'));
const forge = join(here, 'node_modules', '@foundry-rs', 'forge-linux-amd64', 'bin', 'forge');
const env = { ...process.env, FOUNDRY_FUZZ_RUNS: '64', FOUNDRY_INVARIANT_RUNS: '20', FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0' };

/** @returns names of the tests that fail; an Error when there is nothing to test */
function failing() {
  const compiled = spawnSync(process.execPath, ['compile.mjs'], { cwd: copy, encoding: 'utf8' });
  if (compiled.status !== 0) return new Error(`does not compile: ${compiled.stderr.slice(0, 300)}`);
  // a failure found before would be played again
  for (const kept of ['invariant', 'fuzz']) rmSync(join(copy, 'cache', kept), { recursive: true, force: true });
  const tested = spawnSync(forge, ['test'], { cwd: copy, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const summary = tested.stdout.indexOf('Failing tests:');
  if (!/^Ran \d+ test suites/m.test(tested.stdout)) return new Error(`no tests ran: ${(tested.stdout + tested.stderr).slice(-600)}`);
  const failed = tested.stdout.slice(0, summary < 0 ? undefined : summary).split('\n').filter((line) => line.startsWith('[FAIL'));
  const names = tested.stdout.slice(0, summary < 0 ? undefined : summary).matchAll(/^(?:\[FAIL.*\]| )\s*(\w+)\(.*\) \((?:runs|gas)/gm);
  return failed.length === 0 ? [] : [...new Set([...names].map((n) => n[1]))];
}

try {
  const sound = failing();
  if (sound instanceof Error || sound.length > 0) throw new Error(`the contracts as they are fail: ${sound}`);
  let caught = 0;
  let byWalk = 0;
  const escaped = [];
  const broken = [];
  for (const [file, name, text, instead] of chosen) {
    const path = join(copy, 'src', `${file}.sol`);
    const original = readFileSync(path, 'utf8');
    const count = typeof text === 'string' ? original.split(text).length - 1 : [...original.matchAll(new RegExp(text, text.flags.replace('g', '') + 'g'))].length;
    if (count === 0 || (count > 1 && !text.global)) throw new Error(`${file}, ${name}: its text stands ${count} times in the source, expected once`);
    writeFileSync(path, typeof text === 'string' ? original.replace(text, () => instead) : original.replace(text, instead));
    const tests = failing();
    writeFileSync(path, original);
    if (tests instanceof Error) {
      broken.push(`${file}: ${name}`);
      console.log(`BROKEN  ${file}: ${name}: ${tests.message}`);
      continue;
    }
    if (tests.length === 0) escaped.push(`${file}: ${name}`);
    else caught++;
    const walk = tests.some((t) => t.startsWith('invariant_'));
    if (walk) byWalk++;
    console.log(`${tests.length === 0 ? 'ESCAPED' : 'caught '} ${file}: ${name}${tests.length === 0 ? '' : ` (${tests.length} tests${walk ? ', the random sequences too' : ''}; ${tests[0]})`}`);
  }
  console.log(`${caught} of ${chosen.length} mutants caught, ${byWalk} of them by the random sequences as well${escaped.map((e) => `\nescaped: ${e}`).join('')}${broken.map((b) => `\nbroken: ${b}`).join('')}`);
  process.exitCode = escaped.length + broken.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
