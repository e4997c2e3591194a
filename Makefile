# Every target is `python3 dev.py <target>`, which also works without make.
#   make dev                                    make seed N=100000
#   make test ARGS="-k health"                  make invoke FN=create EVENT=events/create-netlify.json

PYTHON ?= python3
TARGETS := dev test test-unit test-clients test-aws test-netlify e2e bench build doctor seed reset migrate \
	invoke deploy-aws deploy-db lint lock help

.PHONY: $(TARGETS)
$(TARGETS):
	@exec $(PYTHON) dev.py $@ $(N) $(FN) $(EVENT) $(ARGS)
