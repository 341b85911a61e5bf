"""The bank: files -> questions and interviewers, validated; and the planner: which question next."""

from vivavoce.questions.bank import Bank, check, load_questions
from vivavoce.questions.interviewers import Voices, load_interviewers
from vivavoce.questions.planner import plan
from vivavoce.questions.problem import Problem

__all__ = ["Bank", "Problem", "Voices", "check", "load_interviewers", "load_questions", "plan"]
