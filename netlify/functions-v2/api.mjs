import { webGatewayByMethod } from "../web-gateway.mjs";
export default webGatewayByMethod();
