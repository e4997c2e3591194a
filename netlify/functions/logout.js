"use strict";
exports.handler = require("../gateway").gateway("logout");
