"use strict";
exports.handler = require("../gateway").gatewayOfEvents("request");
