"use strict";
exports.handler = require("../gateway").gateway("webhook");
