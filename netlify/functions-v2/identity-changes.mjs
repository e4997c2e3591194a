import { identityChange } from "../identity-changes.mjs";

export default {
  userModified: identityChange("usermodified"),
  userDeleted: identityChange("userdeleted"),
};
