import changes from "../identity-changes.js";

export default {
  userModified: changes.identityChange("usermodified"),
  userDeleted: changes.identityChange("userdeleted"),
};
