import { webGateway } from "../web-gateway.mjs";
export default webGateway("delete");
