# Every target is `python3 dev.py <target>`, which also works without make.
#   make dev                                    make dev PROVIDERS=netlify
#   make seed N=100000                          make doctor
#   NAME=second make dev                        make stacks ARGS="stop second"
#   DEBUG=create make dev                       make dev ARGS=--raw
#   make test ARGS="-k health"                  make invoke FN=create EVENT=events/create-netlify.json
#   make new FN=export ROUTE="GET /exports" WHO=member

PYTHON ?= python3
TARGETS := dev test test-unit test-security test-extending test-clients test-aws test-netlify test-mysql test-witnesses \
	test-vitess test-live e2e bench build audit doctor stacks seed reset migrate sync-users invoke new drop routes plans \
	fidelity deploy-aws deploy-db lint lock types help
quoted = '$(subst ','\'',$(1))'

.PHONY: $(TARGETS)
$(filter-out new drop,$(TARGETS)):
	@exec $(PYTHON) dev.py $@ $(N) $(FN) $(EVENT) $(ARGS)

new:
	@exec $(PYTHON) dev.py new $(call quoted,FN=$(FN)) $(call quoted,ROUTE=$(ROUTE)) $(call quoted,WHO=$(WHO))

drop:
	@exec $(PYTHON) dev.py drop $(call quoted,ROUTE=$(ROUTE))
