import { useQuery } from '@tanstack/react-query';
import { q } from './queries';
import type { Role } from './types';

/** Who is here and what this container has: pages and buttons show only what the person may do and the profile brings. The server decides all the same. */
export function useAccess() {
  const me = useQuery(q.me()).data;
  const parts = useQuery(q.status()).data?.parts ?? {};
  return {
    me,
    may: (...roles: Role[]) => !!me && me.roles.some((r) => roles.includes(r)),
    /** In service right now. */
    has: (part: string) => parts[part] === true,
    /** Belongs to this profile, in service or not. */
    belongs: (part: string) => part in parts,
    acts: (account: string) => !!me && (me.roles.includes('ADMINISTRATOR') || me.accounts.includes(account)),
  };
}

/** Accounts this person may look into: the administrator and the auditor all of them, an operator or trader the own ones. */
export function useSeenAccounts(): { all: boolean; ids: string[] } {
  const { me, may } = useAccess();
  const all = may('ADMINISTRATOR', 'AUDITOR');
  const list = useQuery({ ...q.accounts(), enabled: all });
  return { all, ids: all ? (list.data?.map((a) => a.id) ?? []) : may('OPERATOR', 'TRADER') ? (me?.accounts ?? []) : [] };
}
