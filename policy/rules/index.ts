import { chainLimit } from "./chainLimit";
import { deleteGuardOn } from "./deleteGuardOn";
import { encryptedType } from "./encryptedType";
import { expiringSoon } from "./expiringSoon";
import { keptUntilNotPast } from "./keptUntilNotPast";
import { keptUntilRequired } from "./keptUntilRequired";
import { legalHold } from "./legalHold";
import { maximumRetention } from "./maximumRetention";
import { minimumRetention } from "./minimumRetention";
import { noPlainHttp } from "./noPlainHttp";
import { orphanSnapshot } from "./orphanSnapshot";
import { overwriteApproved } from "./overwriteApproved";
import { protectInProduction } from "./protectInProduction";
import { requiredMetadata } from "./requiredMetadata";
import { restoreTested } from "./restoreTested";
import { retentionNotShortened } from "./retentionNotShortened";
import { staleSnapshot } from "./staleSnapshot";
import { timeoutsSet } from "./timeoutsSet";
import { volumeCovered } from "./volumeCovered";

/** Every rule of the pack by its name. */
export const rules = {
  "kept-until-required": keptUntilRequired,
  "kept-until-not-past": keptUntilNotPast,
  "minimum-retention": minimumRetention,
  "maximum-retention": maximumRetention,
  "retention-not-shortened": retentionNotShortened,
  "delete-guard-on": deleteGuardOn,
  "legal-hold": legalHold,
  "protect-in-production": protectInProduction,
  "expiring-soon": expiringSoon,
  "stale-snapshot": staleSnapshot,
  "orphan-snapshot": orphanSnapshot,
  "volume-covered": volumeCovered,
  "chain-limit": chainLimit,
  "restore-tested": restoreTested,
  "encrypted-type": encryptedType,
  "required-metadata": requiredMetadata,
  "timeouts-set": timeoutsSet,
  "overwrite-approved": overwriteApproved,
  "no-plain-http": noPlainHttp,
};
