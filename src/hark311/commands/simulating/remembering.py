"""Prints a city that is told further afterwards: every touch keeps its key and its receipt."""

from hark311.cases.press.paper import Line
from hark311.commands.simulating.drafts import draft_of, reply_of
from hark311.commands.simulating.printer import Printer, Told
from hark311.commands.simulating.steps import Deed, Step
from hark311.commands.simulating.touches import hazard_in
from hark311.domain.draft import Receipt
from hark311.intake.reply import reply_digest
from hark311.intake.submit import as_kept


class RememberingPrinter(Printer):
    """Prints what ``intake`` keeps to know a repeat; slower, for days not long over."""

    def opened(self, told: Told, step: Step, touch: Line) -> None:
        report, case = told.report(step), told.case(step)
        incident_id = told.thing(step).line.key
        join = incident_id if step.deed is Deed.JOIN else None
        draft = draft_of(told.life, report, self.city.jurisdiction.pk, join=join)
        receipt = Receipt(
            number=case.line["number"],
            case_id=case.line.key,
            incident_id=incident_id,
            language=report.language,
            hazard=hazard_in(report.essence, report.language),
            interaction_reference=touch["reference"],
        )
        touch["source_key"], touch["body_digest"] = draft.source_key, draft.body_digest()
        touch["receipt"] = as_kept(receipt)

    def replied(self, told: Told, step: Step, touch: Line) -> None:
        case = told.case(step)
        draft = reply_of(told.report(step), step, self.city.jurisdiction.pk)
        touch["source_key"] = draft.source_key
        touch["body_digest"] = reply_digest(draft, case.line.key)
        follow = case.follows[-1].key if step.deed is Deed.FOLLOW else None
        touch["receipt"] = {"follow_id": follow}
