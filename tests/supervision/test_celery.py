from supervision.celery import TIMETABLE, app
from supervision.services import serving


def test_every_task_of_the_timetable_exists() -> None:
    app.loader.import_default_modules()
    assert {name for name, _ in TIMETABLE} <= set(app.tasks)


def test_every_queue_a_task_may_go_to_is_worked_on() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    queues = {app.amqp.router.route({}, name)["queue"].name for name in ours}
    assert queues <= set(serving.QUEUES.split(","))


def test_work_of_a_killed_worker_is_given_out_again() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
    assert app.conf.accept_content == ["json"]
